#!/bin/sh
# Runs a command in a scratch root. Started as root of a user namespace of its own, where it may
# mount and change its root but not make device nodes: it borrows those of the machine.
#
# Usage: enter.sh ROOT COMMAND [ARGUMENT...]
set -eu
root=$1
shift

while read -r device name; do
    mount --bind "$device" "$root/dev/$name"
done < "$root/recorded/borrowed"
# Nothing of the environment of the tests: an initramfs has none of it.
exec chroot "$root" /opt/busybox env -i PATH=/sbin:/usr/sbin:/bin:/usr/bin "$@"
