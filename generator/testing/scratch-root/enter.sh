#!/bin/sh
# Runs a command in a scratch root. Started as root of a user namespace of its own, where it may
# mount and change its root but not make device nodes: it borrows those of the machine.
#
# Usage: enter.sh ROOT 'DEVICE:NAME...' COMMAND [ARGUMENT...]
set -eu
root=$1
devices=$2
shift 2

for device in $devices; do
    mount --bind "${device%:*}" "$root/dev/${device##*:}"
done
# Nothing of the environment of the tests: an initramfs has none of it.
exec chroot "$root" /opt/busybox env -i PATH=/sbin:/usr/sbin:/bin:/usr/bin "$@"
