"""Another case: panel and choices ask for it in words, editor shows the film of it, which film_maker makes aside."""
