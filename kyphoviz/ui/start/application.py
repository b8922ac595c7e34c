"""The one Qt application. Light: nothing here loads numpy, VTK or the rest of the program."""

from __future__ import annotations

import os
import sys

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from kyphoviz.ui.start.display import usable_platform


def application() -> QApplication:
    """The one Qt application; made only where a display answers.

    Raises:
        NoDisplayError: no window can be opened here.
    """
    found = QApplication.instance()
    if isinstance(found, QApplication):
        return found
    platform = usable_platform(os.environ)
    if platform is not None:
        os.environ["QT_QPA_PLATFORM"] = platform
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    app = QApplication(sys.argv[:1])
    app.setApplicationName("kyphoviz")
    app.setApplicationDisplayName("KyphoViz")
    return app
