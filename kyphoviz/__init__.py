"""KyphoViz: an interactive film of balloon kyphoplasty and vertebroplasty."""

__version__ = "0.1.0"
