#!/bin/sh
# What an administrator writes who follows the public recipes: the rbd program with all of its
# libraries, and a ceph.conf that has the key. A baseline to measure against, not an example.
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
. /usr/share/initramfs-tools/hook-functions
manual_add_modules rbd libceph ceph
copy_exec /usr/bin/rbd
mkdir -p "$DESTDIR/etc/ceph"
cp /etc/ceph/ceph.conf "$DESTDIR/etc/ceph/ceph.conf"
