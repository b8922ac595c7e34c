"""Windows: everything that needs a widget.

app: sets Qt up and shows the window.
main_window: puts the parts together and carries what happens in one to the others.
viewport: the 3D picture, and the hand that turns it.
fluoro_panel: the two X-ray views.
driver: the one timer that moves the player.
transport, scrub_bar: time and its controls.
step_panel, header, caption_band: words around the pictures.
theme, glyphs, buttons: colours, drawn signs and the buttons that bear them.
collaborators: what the window is handed, as protocols.
"""
