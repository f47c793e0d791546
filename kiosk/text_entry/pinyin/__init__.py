"""Chinese from letters: librime chooses, a dictionary of our own knows the county's words."""
