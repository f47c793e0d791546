"""Finding a character by what it looks like, for those who cannot write it in another way."""
