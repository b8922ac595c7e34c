"""Bones, discs and nerves as they stand: column, and fine_bones for pictures that are kept.

fracture: how lost height moves each point; collapse: by kind; impaction: the packed band.
soft_parts, canal_room: ligaments, vessels, muscles, cartilage, and how the sac gives way.
axial_load: two bones under one load.
"""
