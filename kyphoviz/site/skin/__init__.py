"""The trunk (skin, trunk_surface, trunk_mesh, tissue), what is done to it (openings, pen, dressing), and its lean."""
