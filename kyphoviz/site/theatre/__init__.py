"""What stands around the patient: surroundings chooses; figures, mannequin, c_arm_figure are made here."""
