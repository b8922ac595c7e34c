"""One window: main_window puts the parts together.

parts: what lies in it; arrangement and places: where; wiring: who follows whom; telling: what is shown of an instant.
commands: what keys do; header and main_menu: what is chosen by mouse; sheets: what hides all; aids: cards on demand.
"""
