"""Files from the window: tasks start them and cards tell how far they are; snapshot; movie_child and movie_rest;
menu and wish: what is wanted on them.
"""
