#!/bin/sh
# Keeps the kiosk running where there is no systemd: started again after a crash, later each time; not after staff left.
#
#   cp kyphoviz-kiosk.sh ~/.local/bin/ && chmod +x ~/.local/bin/kyphoviz-kiosk.sh
#   then name it in the autostart of the desktop instead of kyphoviz

wait_s=5
while true; do
    started=$(date +%s)
    kyphoviz --mode kiosk "$@"
    code=$?
    # 0: staff left; 1, 2, 3: a file, the command or the machine is wrong, and starting again would mend none of them.
    [ "$code" -le 3 ] && exit "$code"
    # Ten minutes without a fault count as mended.
    [ $(($(date +%s) - started)) -ge 600 ] && wait_s=5
    echo "the kiosk ended with $code; again in $wait_s s" >&2
    sleep "$wait_s"
    wait_s=$((wait_s * 2 > 300 ? 300 : wait_s * 2))
done
