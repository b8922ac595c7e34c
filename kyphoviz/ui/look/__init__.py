"""How everything looks: em and theme, glyphs, buttons, frame; motion: whether little movement is asked; shortcuts."""
