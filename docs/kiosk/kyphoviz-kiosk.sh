#!/bin/sh
# Keeps the kiosk running where there is no systemd: started again after a crash, later each time; not after staff left.
#
#   cp kyphoviz-kiosk.sh ~/.local/bin/ && chmod +x ~/.local/bin/kyphoviz-kiosk.sh
#   then name it in the autostart of the desktop (kyphoviz-kiosk.desktop does)
#
# Where the command lies elsewhere: KYPHOVIZ=/opt/kyphoviz/bin/kyphoviz kyphoviz-kiosk.sh

kyphoviz=${KYPHOVIZ:-$HOME/.local/bin/kyphoviz}
if [ ! -x "$kyphoviz" ]; then
    echo "there is no command $kyphoviz; name it in KYPHOVIZ" >&2
    exit 3
fi

# Who ends this script ends its kiosk as well.
child=
asked=
pass_on() {
    asked=$1
    [ -n "$child" ] && kill "$child" 2>/dev/null # by TERM: what a script starts beside itself is deaf to INT
}
trap 'pass_on 143' TERM
trap 'pass_on 129' HUP
trap 'pass_on 130' INT

# A signal breaks the first wait off; the second hears how the child ended.
wait_for_child() {
    wait "$child"
    code=$?
    while [ -n "$asked" ] && kill -0 "$child" 2>/dev/null; do
        wait "$child"
        code=$?
    done
    child=
    [ -n "$asked" ] && exit "$asked"
}

wait_s=${KYPHOVIZ_WAIT_S:-5}
first_wait_s=$wait_s
while true; do
    started=$(date +%s)
    "$kyphoviz" --mode kiosk "$@" &
    child=$!
    wait_for_child
    # 0: staff left; 1, 2, 3: a file, the command or the machine is wrong, and starting again would mend none of them.
    [ "$code" -le 3 ] && exit "$code"
    # Ten minutes without a fault count as mended.
    [ $(($(date +%s) - started)) -ge 600 ] && wait_s=$first_wait_s
    echo "the kiosk ended with $code; again in $wait_s s" >&2
    sleep "$wait_s" &
    child=$!
    wait_for_child
    wait_s=$((wait_s * 2 > 300 ? 300 : wait_s * 2))
done
