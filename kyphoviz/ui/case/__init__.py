"""Another case: panel and choices ask for it in words, desk makes the film of it, film_maker does so aside."""
