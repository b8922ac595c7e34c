"""The cut along the left needle (section), and what a plane leaves of a shape (remainder)."""
