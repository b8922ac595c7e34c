"""Windows: everything that needs a widget.

Starting: app, splash, application, display, opening (desk and kiosk alike), warm_up, interrupt.
The window: main_window puts the parts together; wiring, places, telling, tab_order, arrangement: who follows whom,
where, in which words; collaborators: what it is handed, as protocols; driver: the one timer that moves the player.
The 3D picture: viewport shows it; rendering, kept_picture: what is drawn when; hand, fingers, hover: who turns and
points; labelling, gauge_strip, frame, cross_fade: what lies over it; card_place: where cards lie on it.
X-rays: fluoro_panel, xray_pane; xray_desk, xray_window, xray_link, xray_click, tone_hand; c_arm_bar, c_arm_control,
c_arm_hand: a C-arm turned by hand.
Time and words: transport, scrub_bar, caption_band, step_panel, step_list, step_notes, film_words, clock_words, spoken.
On demand: layers_panel, aids with source_card, curve_card and curve_pane; covers, commands, shortcuts, history.
Another case: case_desk, case_panel, case_choices, case_words, film_maker.
Files: tasks with cards, snapshot, movie_child and movie_rest; session, settings: what is kept from run to run; mishaps:
what goes wrong is told and noted.
Looks: header, main_menu, theme, glyphs, buttons, em; motion, stills: for who wants little movement.
The kiosk: kiosk_run starts kiosk; kiosk_idle, kiosk_orbit, kiosk_input, kiosk_corner, kiosk_pin, kiosk_quiet: what it
does and refuses; kiosk_panels with kiosk_veil, kiosk_bar, kiosk_button, kiosk_chapters, kiosk_notice, kiosk_pin_pad:
what it shows; kiosk_settings, kiosk_sizes, kiosk_words, kiosk_screen, kiosk_memory, kiosk_watchdog.
"""
