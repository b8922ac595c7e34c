"""The operation in time: what is done when, as pure functions of the clock. Knows no shapes.

state: ProcedureState, everything that is true at one instant.
actions: what each kind of step does to the patient.
steps: an action with the tools that move, how it is shown and what is said.
timeline: the steps in a row, and the state at any time.
easing, flight: how a change is spread over a stretch of time, and how the camera gets from place to place.
beam_log: when each view was last X-rayed.
plan: what the steps must know of a case's shapes.
fractures: how much height each kind loses, and gets back.
mechanics: pressure, height, viscosity and heat, each with its source.
"""
