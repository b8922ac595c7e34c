"""Poses and projections (c_arm, c_arms), and whether a view is true (c_arm_alignment).

background: what else the beam meets; teaching: marks on the X-rays; ap_lateral_rule: the verdict.
pointed, outline: what is marked across the pictures.
"""
