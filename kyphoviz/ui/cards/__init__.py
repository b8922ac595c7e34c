"""What is laid over the picture when asked for: layers_panel, source_card, curve_card; card_place: where."""
