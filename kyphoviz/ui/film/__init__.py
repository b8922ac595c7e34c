"""Time and words: transport, scrub_bar, caption_band, step_panel with step_list and step_notes, curve_pane.

driver: the one timer that moves the player; history: what can be undone; stills: for who wants little movement.
film_words, clock_words, spoken: how the film and its times are said.
"""
