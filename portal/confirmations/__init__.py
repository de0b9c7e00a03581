"""Changes that give or take power: asked by one person, confirmed by another."""
