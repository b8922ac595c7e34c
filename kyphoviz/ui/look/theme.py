"""Our colours, dark and light, on Qt's own Fusion style, and the edge of a picture in them."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPalette, QPen
from PySide6.QtWidgets import QApplication

from kyphoviz.overlay.ink import ON_DARK, ON_LIGHT, Ink

RADIUS = 8.0  # of the corners of a picture


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours by what they are for, as #RRGGBB.

    `ground` lies behind everything, `panel` behind lists, `line` edges what is passive and `edge` what can be pressed;
    `quiet` is for words of less weight, `on_accent` for signs on the accent.
    """

    name: str
    ground: str
    panel: str
    line: str
    edge: str
    text: str
    quiet: str
    accent: str
    on_accent: str
    ink: Ink


DARK = Theme(
    "dark", "#10151C", "#161D26", "#28323E", "#616E7C", "#E8ECEF", "#8D99A6", "#5FB3E4", "#0B1117", ON_DARK
)  # fmt: skip
LIGHT = Theme(
    "light", "#F2F4F7", "#FFFFFF", "#D2D9E0", "#7A8794", "#17202A", "#55626F", "#17689F", "#FFFFFF", ON_LIGHT
)  # fmt: skip


def theme_named(name: str) -> Theme:
    """The theme of that name; `system` follows the desktop. Raises KeyError for an unknown name."""
    if name == "system":
        return LIGHT if QApplication.styleHints().colorScheme() == Qt.ColorScheme.Light else DARK
    return {"dark": DARK, "light": LIGHT}[name]


def apply_theme(app: QApplication, theme: Theme) -> None:
    """Gives the whole program the style and the colours."""
    # Else a style sheet keeps the window's text size from reaching the widgets inside it.
    app.setAttribute(Qt.ApplicationAttribute.AA_UseStyleSheetPropagationInWidgetStyles)
    app.setStyle("Fusion")
    app.setPalette(palette_of(theme))
    app.setStyleSheet(style_sheet(theme))


def palette_of(theme: Theme) -> QPalette:
    """The colours in Qt's own words; widgets that paint themselves read them from here."""
    role = QPalette.ColorRole
    colours = {
        role.Window: theme.ground,
        role.Base: theme.panel,
        role.AlternateBase: theme.ground,
        role.Button: theme.panel,
        role.Mid: theme.line,
        role.Dark: theme.line,
        role.Light: theme.edge,
        role.Midlight: theme.edge,
        role.Shadow: theme.ground,
        role.WindowText: theme.text,
        role.Text: theme.text,
        role.ButtonText: theme.text,
        role.BrightText: theme.text,
        role.PlaceholderText: theme.quiet,
        role.Highlight: theme.accent,
        role.HighlightedText: theme.on_accent,
        role.Accent: theme.accent,
        role.Link: theme.accent,
        role.ToolTipBase: theme.panel,
        role.ToolTipText: theme.text,
    }
    palette = QPalette()
    for which, colour in colours.items():
        palette.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(theme.edge))
    return palette


def style_sheet(theme: Theme) -> str:
    """What a palette can't say: flat buttons with a fine edge, a quiet list, a plain menu."""
    t = theme
    return f"""
        QPushButton, QToolButton {{
            color: {t.quiet}; background: transparent; border: 1px solid {t.line}; border-radius: 6px;
            padding: 0.3em 0.95em;
        }}
        QToolButton {{ border-color: transparent; padding: 0.3em 0.6em; }}
        QToolButton::menu-indicator {{ image: none; width: 0; }}
        QPushButton:hover, QToolButton:hover {{ color: {t.text}; border-color: {t.edge}; }}
        QPushButton:checked {{ color: {t.text}; background: {t.line}; border-color: {t.line}; }}
        QPushButton:focus, QToolButton:focus {{ border-color: {t.accent}; color: {t.text}; }}
        QPushButton#narrow {{ padding: 0.3em 0.5em; }}
        QToolButton#narrow {{ padding: 0.3em 0.1em; border-color: {t.line}; }}
        QToolButton#narrow:focus {{ border-color: {t.accent}; }}
        QSlider {{ border: 1px solid transparent; border-radius: 4px; }}
        QSlider:focus {{ border-color: {t.accent}; }}
        QSlider::groove:horizontal {{ height: 4px; border-radius: 2px; background: {t.edge}; }}
        QSlider::sub-page:horizontal {{ height: 4px; border-radius: 2px; background: {t.accent}; }}
        QSlider::handle:horizontal {{ width: 12px; margin: -4px 0; border-radius: 6px; background: {t.text}; }}
        QComboBox {{ border: 1px solid {t.line}; border-radius: 5px; padding: 0.2em 0.6em; background: {t.ground}; }}
        QComboBox:hover {{ border-color: {t.edge}; }}
        QComboBox:focus {{ border-color: {t.accent}; }}
        QComboBox::drop-down {{ border: 0; width: 1.6em; }}
        QComboBox QAbstractItemView {{ background: {t.panel}; selection-background-color: {t.line};
            selection-color: {t.text}; border: 1px solid {t.edge}; outline: 0; }}
        QPushButton#follow {{ color: {t.text}; background: {t.panel}; border-color: {t.edge}; }}
        QPushButton#follow:focus {{ border-color: {t.accent}; }}
        QLabel#quiet {{ color: {t.quiet}; }}
        QFrame#side {{ background: {t.panel}; border: 1px solid {t.line}; border-radius: 8px; }}
        QListWidget, QTextBrowser {{
            background: transparent; border: 1px solid transparent; border-radius: 6px; padding: 2px; outline: 0;
        }}
        QTextBrowser {{ border-top-color: {t.line}; border-radius: 0; }}
        QListWidget:focus, QTextBrowser:focus {{ border-color: {t.accent}; }}
        #card {{ background: {t.panel}; color: {t.text}; border: 1px solid {t.edge}; border-radius: 8px; }}
        QLabel#card {{ padding: 0.4em 1em; }}
        QProgressBar {{ background: {t.line}; border: 0; border-radius: 3px; }}
        QProgressBar::chunk {{ background: {t.accent}; border-radius: 3px; }}
        QListWidget::item {{ color: {t.quiet}; padding: 0.3em 0.6em; border-radius: 5px; }}
        QListWidget::item:hover {{ color: {t.text}; }}
        QListWidget::item:selected {{ color: {t.text}; background: {t.line}; }}
        QMenu {{ background: {t.panel}; color: {t.text}; border: 1px solid {t.line}; padding: 4px; }}
        QMenu::item {{ padding: 0.4em 1.8em; border-radius: 4px; }}
        QMenu::item:selected {{ background: {t.line}; }}
        QToolTip {{ background: {t.panel}; color: {t.text}; border: 1px solid {t.edge}; padding: 4px 6px; }}
        QScrollBar:vertical {{ background: transparent; width: 10px; margin: 2px; }}
        QScrollBar::handle:vertical {{ background: {t.line}; border-radius: 3px; min-height: 24px; }}
        QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; }}
    """


def paint_frame(painter: QPainter, rect: QRectF, palette: QPalette, *, is_marked: bool = False) -> None:
    """Covers the corners of a picture with the window's ground and draws a fine line around it.

    Args:
        is_marked: the keyboard has come to it.
    """
    role = QPalette.ColorRole
    edge = QPainterPath()
    edge.addRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
    corners = QPainterPath()
    corners.addRect(rect)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillPath(corners.subtracted(edge), palette.color(role.Window))
    painter.setPen(QPen(palette.color(role.Highlight), 4.0) if is_marked else QPen(palette.color(role.Mid), 1.0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(edge)
