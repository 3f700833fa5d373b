#!/bin/busybox sh
# The whole system of a small root: says on the console what it was started on, writes to it, looks for
# secrets that the initramfs has left, and waits for the power to go. The number is the one that the
# harness gave to this run of this machine.
set -u

[ -r /proc/mounts ] || /bin/busybox mount -t proc proc /proc
mounted=nothing
while read -r source place type options _; do
    if [ "$place" = / ]; then
        mounted="$source $type $options"
    fi
done < /proc/mounts

written=no
: > /written && /bin/busybox sync && written=yes

read -r number < /sys/class/dmi/id/chassis_serial
/bin/busybox printf 'small root: %s written=%s %s\n' "$number" "$written" "$mounted"

if [ -r /secrets ]; then
    left=$(/bin/busybox grep -r -l -F -f /secrets /run /proc/cmdline /proc/1/environ 2> /dev/null)
    /bin/busybox printf 'small root: secrets left in: %s\n' "${left:-nothing}"
fi

# With this word on the kernel command line it ends as systemd does: into the root in memory, which it
# gives the kernel's file systems (bootup(7)).
if /bin/busybox grep -q -w small.end /proc/cmdline; then
    /bin/busybox sync
    cd /run/initramfs || exit 1
    /bin/busybox mkdir -p proc sys dev oldroot
    /bin/busybox mount -t proc proc proc
    /bin/busybox mount -t sysfs sysfs sys
    /bin/busybox mount -t devtmpfs dev dev
    /bin/busybox pivot_root . oldroot
    exec /bin/busybox chroot . /shutdown poweroff <> dev/console >&0 2>&0
fi
if [ -e /bin/write-records ]; then
    exec /bin/busybox sh /bin/write-records
fi
while :; do
    /bin/busybox sleep 3600
done
