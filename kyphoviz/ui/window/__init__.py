"""One window: main_window puts the parts together.

arrangement and places: where they lie; wiring: who follows whom; telling: which words they say; aids: cards on demand.
commands: what keys do; header and main_menu: what is chosen by mouse; covers: what hides all; tab_order.
"""
