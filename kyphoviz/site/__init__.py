"""The body and the tools at one instant: state in, shapes out, in patient axes and millimetres. No Qt, no OpenGL.

operative_site    OperativeSite: `shapes(state)`, `drawn(state)`, and what else is asked of one case
plan              numbers of the case that the steps need
role              what a shape is and what it is made of: one table each
shape             what is handed to who draws or X-rays, and the cache of what was made last
sweep             bodies made of rings
anchors/          where labels point, and what each shape is called
theatre/          people and furniture around the patient
skin/             the trunk, and what is done to it
xray/             poses of the C-arm, what else the beam meets, marks of the teacher
filling/          balloon, cement and leak, grown to exact volumes in the chamber of the body
needles/          the ways in, and the tools on them
cut/              the section, and what a plane leaves of a shape
spine/            bones, discs and soft parts as they stand, broken and restored
"""
