"""Measuring: real runs of the real window, and of its parts alone, on the machine at hand.

run        everything, in order
window     the window, played, scrubbed and left alone
counted    those who draw for it, with counters in front of them
everything the dearest frame that a hand can ask for
input_latency  how soon that window answers a hand
another_case  another bone in the middle of the film
fifty_windows what windows leave behind when they are closed
parts      state, shapes and X-rays by themselves
bare_loop  the same triangles in a plain VTK loop, to compare with
trunk      its openings and its lean
refusals   files that mean harm
process    memory, processor time, time to the first picture
report     the table, and what misses its target
"""
