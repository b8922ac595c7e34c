"""A window that nobody looks after: it invites, plays, resets itself, and lets out only who knows the PIN.

run starts it on the screen it is set to (screen, settings, sizes, memory); kiosk is the showing itself.
idle, orbit, input, pin, quiet: what it does by itself and what it refuses.
panels with veil, bar, button, chapters, problem_card, pin_pad: what it shows; words: in which words.
watchdog tells systemd that its picture still comes.
"""
