#!/usr/bin/env bats
# What load brings sets root, printed and complained (https://www.shellcheck.net/wiki/SC2154).
# shellcheck disable=SC2154

load ../../testing/scratch-root/initramfs

@test "root and its file system are added to what earlier scripts have set" {
    make_initramfs desk1
    boot
    expect 'param.conf' 'IP=none
ROOT=/dev/rbd0
ROOTFSTYPE=ext4
fastboot=y
IP=none' "$(cat "$root/conf/param.conf")"
}

@test "init, which sources the settings, gets the root that was mapped" {
    make_initramfs desk1
    rm -r "$root/sys/bus/rbd/devices/0"
    add_rbd_device 13 rbd hosts desk1
    boot
    # $ROOT and $ROOTFSTYPE are init's.
    # shellcheck disable=SC2016
    run_in_root ROOT=/dev/nfs sh -c '. /conf/param.conf; printf "%s " "$ROOT" "$ROOTFSTYPE" "$IP"'
    expect 'what init gets' '/dev/rbd13 ext4 none ' "$(cat "$printed")"
}

@test "the root is decided after the last thing that can fail" {
    make_initramfs desk1
    rm "$root/dev/rbd0"
    boot
    expect_failure RB210 map-image 'the device node /dev/rbd0 did not appear' rbd
    expect 'param.conf' IP=none "$(cat "$root/conf/param.conf")"
}
