"""The body and the tools at one instant: state in, shapes out, in patient axes and millimetres. No Qt, no OpenGL.

operative_site    OperativeSite: `shapes(state)`, `drawn(state)`, and what else is asked of one case
kept              the last result of each part, under the value that it came from
shape             what is handed to who draws or X-rays; remainder: what a plane leaves of it
plan              numbers of the case that the steps need; approach, parapedicular: the ways of the needles
column            bones, discs and nerves as they stand; fine_bones: the same for pictures that are kept
fracture          how lost height moves each point; collapse: by kind; impaction: the packed band
soft_parts        ligaments, vessels, muscles, cartilage; canal_room: how the sac gives way
chamber           the room in the body; marrow: its grid; compaction: where the pushed bone goes
filling           balloon, cement, leak: what is put in, grown to exact volumes (growth)
instruments       tools on their axes; tools, tool_forms, tool_sizes, sweep: how they are made
surroundings      skin, trunk_surface, trunk_mesh, openings, pen, dressing, tissue, lean: the trunk, what is done to it
figures           patient (mannequin), table, bowl; load_test: two bones under one load
background        ribs, lungs and gas in the beam
c_arm, c_arms     poses and projections; c_arm_alignment: whether a view is true; c_arm_figure: its picture
teaching          marks on the X-rays; ap_lateral_rule: the verdict; outline: edges of a structure
section           the cut along the left needle
anchors           where labels point: bone_places, shape_places; named: what each shape is called; pointed: at what
"""
