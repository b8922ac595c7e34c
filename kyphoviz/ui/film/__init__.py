"""Time and words: transport, scrub_bar, caption_band, step_panel with step_list and step_notes, curve_pane.

driver: the one timer that moves the player; bar_geometry: where the parts of the bar lie; film_words: what is said.
"""
