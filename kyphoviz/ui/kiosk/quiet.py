"""No dialog on a kiosk: what would have asked or warned is written down and answered with no."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QMessageBox, QWidget

from kyphoviz.ui.kiosk.log import LOG


class NoDialogs(QObject):
    """Catches every dialog before it is seen, wherever in the program it comes from."""

    def __init__(self, parent: QObject) -> None:
        """Watches until `release`."""
        super().__init__(parent)
        self.caught = 0
        application = QCoreApplication.instance()
        assert application is not None
        self._application = application
        self._were_native = not QApplication.testAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
        QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
        application.installEventFilter(self)

    def release(self) -> None:
        """Dialogs may be shown again."""
        self._application.removeEventFilter(self)
        QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs, not self._were_native)

    def _refuse(self, dialog: QDialog | QMenu) -> None:
        """Notes what it says, and answers no as soon as it waits for an answer."""
        self.caught += 1
        LOG.warning("a dialog was kept off the screen: %s", words_of(dialog))
        QTimer.singleShot(0, dialog, dialog.reject if isinstance(dialog, QDialog) else dialog.close)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A dialog gets ready, and is kept off the screen from then on; one that then wants to be seen is refused."""
        if isinstance(watched, QDialog | QMenu):
            if event.type() == QEvent.Type.Polish:
                watched.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
            elif event.type() == QEvent.Type.Show and not event.spontaneous():
                self._refuse(watched)
        return False


def words_of(window: QWidget) -> str:
    """What a dialog would have said."""
    if isinstance(window, QMessageBox):
        return " ".join(f"{window.text()} {window.informativeText()}".split())
    return window.windowTitle() or type(window).__name__
