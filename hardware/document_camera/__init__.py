"""A camera that looks down on papers, by OpenCV."""
