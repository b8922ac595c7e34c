"""Windows: everything that needs a widget. Each room uses those below it only.

app          what opens a window from the command line
kiosk        a window that nobody looks after
opening      what the plain window and the kiosk share while a film is opened
window       one window: its parts, where they lie, which words and keys reach them
case         another case: chosen, made, shown
saving       pictures and movies of what is seen
remembered   what is kept from run to run
cards        what is laid over the picture when asked for: layers, sources, curves
xray         the two X-rays, the C-arm in hand, what ties them to the 3D picture
picture      the 3D picture and what lies over it
film         time and words: bar, controls, captions, steps, curves
start        the Qt application and what may go wrong with it
look         sizes, colours, drawn signs, keys
"""
