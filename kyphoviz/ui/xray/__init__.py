"""The X-rays on the screen: fluoro_panel holds both panes; second_screen and window show them on another screen.

pane, tone_drag: one picture and its brightness in a hand; c_arm_bar, c_arm_control, c_arm_drag: a C-arm turned by hand.
link, click: what is pointed at in one picture is marked in the others.
"""
