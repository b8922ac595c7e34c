"""The operation in time: what is done when, as pure functions of the clock. Knows no shapes.

state: ProcedureState, everything that is true at one instant.
actions: what each kind of step does to the patient.
steps: an action with the tools that move, how it is shown and what is said.
timeline: the steps in a row, and the state at any time.
plan: what the steps must know of a case's shapes.
mechanics: pressure, height, viscosity and heat, each with its source.
"""
