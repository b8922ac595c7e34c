"""How everything looks: em and theme, glyphs, buttons, shortcuts; desktop: what is asked of it."""
