"""Finding an item by what a citizen types: see docs/search.md."""
