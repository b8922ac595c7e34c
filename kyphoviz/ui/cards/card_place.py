"""Where a card lies on a picture so that what the picture is about stays in sight."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize

MARGIN_EM = 1.0
HEAD_EM = 3.6  # left to the button above that follows the film
FOOT_EM = 8.5  # left to the axes below


def left_or_right(picture: QSize, card: QSize, about: QRectF | None, em_px: float, least_px: int = 0) -> QRect:
    """In the upper left corner, or on the right between button and axes where that hides less.

    Args:
        about: what must stay in sight; None where nothing is known of it.
        em_px: height of the picture's text.
        least_px: height below which the card could not be read; a low picture gives it the axes' place too.
    """
    margin, head = round(MARGIN_EM * em_px), round(HEAD_EM * em_px)
    width = min(card.width(), picture.width())
    left = QRect(margin, margin, width, min(card.height(), picture.height() - 2 * margin))
    high = max(min(card.height(), picture.height() - head - round(FOOT_EM * em_px)), min(least_px, left.height()))
    right = QRect(picture.width() - width - margin, min(head, picture.height() - margin - high), width, high)
    return right if hidden(right, about) < hidden(left, about) else left


def above_numbers(picture: QSize, card: QSize, about: QRectF | None, em_px: float, foot_px: int) -> QRect:
    """Left above the numbers, or above the axes beside them, or in an upper corner: the first that hides least."""
    margin, head = round(MARGIN_EM * em_px), round(HEAD_EM * em_px)
    right, low = max(picture.width() - card.width() - margin, 0), max(picture.height() - card.height() - foot_px, 0)
    places = ((margin, low), (right, low), (right, head), (margin, margin))
    return min((QRect(x, y, card.width(), card.height()) for x, y in places), key=lambda place: hidden(place, about))


def covered(card: QRect, picture: QSize, em_px: float) -> tuple[int, int]:
    """How much of the picture's left and right a card takes from names."""
    if card.center().x() < picture.width() / 2:
        return card.right() + round(em_px), 0
    return 0, picture.width() - card.left() + round(em_px)


def hidden(card: QRect, about: QRectF | None) -> float:
    """The area that a card hides."""
    if about is None:
        return 0.0
    both = QRectF(card).intersected(about)
    return both.width() * both.height()
