"""Where labels point: anchors of a case, bone_places, shape_places; named: what each shape is called."""
