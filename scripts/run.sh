#!/bin/sh
# Opens the window on the kyphoplasty; where there is no display, writes the film and a contact sheet instead.
set -eu
film() {
    mkdir -p out
    .venv/bin/kyphoviz contact kyphoplasty -o out/kyphoplasty-contact.png
    .venv/bin/kyphoviz movie kyphoplasty --layout 3d+xray --quality draft --size 960x540 --fps 15 -o out/kyphoplasty.mp4
    echo "Done: out/kyphoplasty.mp4 and out/kyphoplasty-contact.png"
}
if [ "$(uname -s)" = Linux ] && [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    echo "There is no display here, so no window can open. Writing the film and a contact sheet to out/ instead."
    film
else
    status=0
    .venv/bin/kyphoviz kyphoplasty || status=$?
    # 3: the display that is named cannot be reached.
    if [ "$status" = 3 ]; then
        echo "Writing the film and a contact sheet to out/ instead."
        film
    else
        exit "$status"
    fi
fi
