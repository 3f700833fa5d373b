#!/bin/sh
# Runs a command in a scratch root. Started as root of a user namespace of its own, where it may
# mount and change its root but not make device nodes: those of the host are borrowed.
#
# Usage: enter.sh ROOT BLOCK-DEVICE COMMAND [ARGUMENT...]
set -eu
root=$1
block_device=$2
shift 2

mount --bind /dev/null "$root/dev/null"
if [ -n "$block_device" ]; then
    mount --bind "$block_device" "$root/dev/block-device"
fi
# Nothing of the environment of the tests: an initramfs has none of it.
exec chroot "$root" /opt/busybox env -i PATH=/sbin:/usr/sbin:/bin:/usr/bin "$@"
