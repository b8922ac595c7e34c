"""What is put in: balloon, cement, leak, grown to exact volumes (growth), in the room there is (chamber).

marrow: the grid of the body; compaction: where the pushed bone goes.
"""
