#!/bin/sh
# What an administrator writes who follows the public recipes: no check, no bound, no message. What
# it boots is filled in where @NAMES@ stand. A baseline to measure against, not an example.
PREREQ=''
prereqs() {
    echo "$PREREQ"
}
case "$1" in
    prereqs)
        prereqs
        exit 0
        ;;
esac
. /scripts/functions
modprobe rbd
modprobe ceph
for nic in /sys/class/net/*; do
    if [ "$(cat "$nic/address")" = '@MAC@' ]; then
        DEVICE=${nic##*/}
    fi
done
export DEVICE
configure_networking
rbd device map '@IMAGE@' --name 'client.@CLIENT@'
wait_for_udev 10
