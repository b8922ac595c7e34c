"""One showing of a film, without Qt: viewing holds what is shown and to whom.

history: what can be undone; stills: the film for people whom movement makes unwell; pulses: which X-ray is taken
next, and when; handed_on: what is seen as a line of text, for a second process.
"""

from kyphoviz.viewing.viewing import Viewing

__all__ = ["Viewing"]
