#!/usr/bin/env bats
# What load brings sets root, printed and complained (https://www.shellcheck.net/wiki/SC2154).
# shellcheck disable=SC2154

load ../../testing/scratch-root/initramfs

# what_init_gets: the settings that a boot left for init, in one line.
what_init_gets() {
    # The variables are init's.
    # shellcheck disable=SC2016
    run_in_root sh -c '. /conf/param.conf
printf "%s|" "$ROOT" "$ROOTFSTYPE" "$ROOTFLAGS" "$readonly" "$fastboot"'
    cat "$printed"
}

@test "a snapshot is mapped read-only, without a lock, and mounted without a replay of its journal" {
    make_initramfs golden
    boot
    expect_exit_code 0
    expect 'what was written' "10.77.0.10:6789,[fd00:77::11]:6790 name=desks,key=client.desks,$(
    )_pool_ns=hosts,ro,mount_timeout=60 rbd golden v1" "$(cat "$root$map_target")"
    expect 'what init gets' '/dev/rbd0|ext4|-o noload|y|y|' "$(what_init_gets)"
    expect_calls e2fsck < /dev/null
}

@test "xfs has another word for that, and options of the configuration stand behind it" {
    make_initramfs kiosk
    boot
    expect 'what was written' "10.77.0.10:6789,[fd00:77::11]:6790 name=desks,key=client.desks,$(
    )ro,mount_timeout=60 rbd golden v1" "$(cat "$root$map_target")"
    expect 'what init gets' '/dev/rbd0|xfs|-o norecovery,noatime|y|y|' "$(what_init_gets)"
}

@test "the image and its other snapshots, mapped beside it, are not the snapshot" {
    make_initramfs golden
    rm -r "$root/sys/bus/rbd/devices/0"
    add_rbd_device 1 rbd hosts golden
    add_rbd_device 2 rbd hosts golden v2
    add_rbd_device 3 rbd hosts golden v1
    boot
    expect 'what init gets' '/dev/rbd3|ext4|-o noload|y|y|' "$(what_init_gets)"
}

@test "RB206: there is no such snapshot" {
    make_initramfs golden
    refuse_map 'No such file or directory' 'rbd: snap rbd/hosts/golden@v1 does not exist'
    boot
    expect_failure RB206 map-image 'there is no snapshot rbd/hosts/golden@v1' 'rbd snap ls'
}

@test "RB206: there is no such image" {
    make_initramfs golden
    refuse_map 'No such file or directory' 'rbd: image rbd/hosts/golden does not exist'
    boot
    expect_failure RB206 map-image \
        'there is no image rbd/hosts/golden@v1, or its pool or namespace does not exist' 'rbd ls'
}

@test "RB207: caps that do not let the client read the image, and those that do" {
    make_initramfs golden
    refuse_map 'Operation not permitted'
    boot
    expect_failure RB207 map-image \
        'the caps of client.desks do not allow it to map rbd/hosts/golden@v1' \
        "osd 'profile rbd-read-only pool=rbd namespace=hosts'"
}

@test "a shared initrd for snapshots takes one that is handed over, and nothing else" {
    make_initramfs goldens
    boot
    expect_exit_code 0
    expect 'what was written' "10.77.0.10:6789 name=desks,key=client.desks,_pool_ns=hosts,ro,$(
    )mount_timeout=60 rbd golden v1" "$(cat "$root$map_target")"
    expect 'what init gets' '/dev/rbd0|ext4|-o noload|y|y|' "$(what_init_gets)"
    local image
    for image in rbd/hosts/golden rbd/golden@ rbd@v1 /golden@v1 rbd/@v1 rbd/golden@-v1 rbd/a@b@c \
        'rbd/golden@$(reboot)' rbd/golden@v/1 a/b/c/d@v1 rbd/golden@v,1; do
        forget_boot
        command_line "rbdboot.image=$image $handed_over"
        boot
        expect_failure RB203 map-image \
            'rbdboot.image on the kernel command line is not POOL/IMAGE@SNAPSHOT or POOL/NAMESPACE/IMAGE@SNAPSHOT' \
            'rbdboot ipxe'
    done
}
