"""Chinese written with a finger: PP-OCRv6's recogniser reads it, in a process of its own."""
