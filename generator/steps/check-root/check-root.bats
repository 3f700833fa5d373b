#!/usr/bin/env bats
# What load brings sets root, printed and complained (https://www.shellcheck.net/wiki/SC2154).
# shellcheck disable=SC2154

load ../../testing/scratch-root/initramfs

setup() {
    make_initramfs desk1
}

# e2fsck_ends_with CODE [LINE...]: how e2fsck ends, and what it prints.
e2fsck_ends_with() {
    printf '%s\n' "${@:2}" > "$root/recorded/e2fsck-says"
    printf '/opt/busybox cat /recorded/e2fsck-says\nexit %s\n' "$1" > "$root/scripted/e2fsck"
}

@test "the device is checked before init is told of it, and init does not check it again" {
    boot
    expect_booted /dev/rbd0
    expect_calls blkid e2fsck << 'CALLS'
blkid -p -o value -s TYPE /dev/rbd0
e2fsck -p /dev/rbd0
CALLS
}

@test "RB226: the device has another file system" {
    put_on /dev/rbd0 LABEL=data TYPE=xfs
    boot
    expect_failure RB226 check-root '/dev/rbd0 has xfs, and should have ext4' '"filesystem"'
    expect_contained '  blkid: /dev/rbd0: LABEL=data TYPE=xfs' "$root/run/rbdboot/failure"
    expect_calls e2fsck < /dev/null
}

@test "RB226: the report of a device with partitions lists what is on each" {
    put_on /dev/rbd0 PTTYPE=gpt
    add_partition /dev/rbd0 1 TYPE=vfat
    add_partition /dev/rbd0 2 TYPE=ext4 LABEL=root
    boot
    expect_failure RB226 check-root '/dev/rbd0 has no file system, and should have ext4' filesystem
    expect_contained '  blkid: /dev/rbd0: PTTYPE=gpt' "$root/run/rbdboot/failure"
    expect_contained '  blkid: /dev/rbd0p1: TYPE=vfat' "$root/run/rbdboot/failure"
    expect_contained '  blkid: /dev/rbd0p2: TYPE=ext4 LABEL=root' "$root/run/rbdboot/failure"
}

@test "the partitions of rbd10 are not taken for those of rbd1" {
    rm -r "$root/sys/bus/rbd/devices/0"
    add_rbd_device 1 rbd hosts desk1
    add_rbd_device 10 rbd hosts desk2
    add_partition /dev/rbd10 1 TYPE=swap
    put_on /dev/rbd1
    boot
    expect_failure RB226 check-root '/dev/rbd1 has no file system, and should have ext4' filesystem
    expect_calls blkid << 'CALLS'
blkid -p -o value -s TYPE /dev/rbd1
blkid -c /dev/null /dev/rbd1
CALLS
}

@test "errors that e2fsck has mended do not end the boot, and are known afterwards" {
    e2fsck_ends_with 1 '/dev/rbd0: Clearing orphaned inode 12'
    boot
    expect_booted /dev/rbd0
    expect_contained '  e2fsck: mended /dev/rbd0' "$root/run/rbdboot/facts"
    expect_contained 'Clearing orphaned inode 12' "$root/run/rbdboot/e2fsck"
    expect_contained 'e2fsck found errors on /dev/rbd0 and mended them' "$printed"
}

@test "RB227: errors are left, and the last words of e2fsck stand in the report" {
    e2fsck_ends_with 4 a b c d '/dev/rbd0: UNEXPECTED INCONSISTENCY; RUN fsck MANUALLY.' '%s'
    boot
    expect_failure RB227 check-root 'e2fsck did not mend /dev/rbd0: exit code 4' 'fsck.repair=yes'
    expect_contained '  e2fsck: /dev/rbd0: UNEXPECTED INCONSISTENCY; RUN fsck MANUALLY.' \
        "$root/run/rbdboot/failure"
    expect_contained '  e2fsck: %s' "$root/run/rbdboot/failure"
}

@test "RB227: e2fsck that could not work at all" {
    e2fsck_ends_with 8 'e2fsck: Input/output error while trying to open /dev/rbd0'
    boot
    expect_failure RB227 check-root 'e2fsck did not mend /dev/rbd0: exit code 8' fsck
}

@test "for one boot the kernel command line decides how the root is checked" {
    boot forcefsck=y
    expect_calls e2fsck <<< 'e2fsck -fp /dev/rbd0'
    forget_boot
    boot fsckfix=y
    expect_calls e2fsck <<< 'e2fsck -fy /dev/rbd0'
    forget_boot
    boot fsckfix=n
    expect_calls e2fsck <<< 'e2fsck -p /dev/rbd0'
    forget_boot
    e2fsck_ends_with 4
    boot fastboot=y
    expect_calls e2fsck < /dev/null
    expect_root /dev/rbd0
    expect_contained 'the kernel command line says fsck.mode=skip' "$printed"
}

@test "a host can have its root checked at each boot, or never" {
    make_initramfs forced
    boot
    expect_calls e2fsck <<< 'e2fsck -fp /dev/rbd0'
    make_initramfs unchecked
    boot
    expect_calls e2fsck < /dev/null
    expect_root /dev/rbd0
}

@test "an xfs is not checked, and its options go to init, which mounts it" {
    make_initramfs xfs
    put_on /dev/rbd0 TYPE=xfs
    boot
    expect_exit_code 0
    expect_calls e2fsck < /dev/null
    # $ROOT and the others are init's.
    # shellcheck disable=SC2016
    run_in_root sh -c '. /conf/param.conf; printf "%s|" "$ROOT" "$ROOTFSTYPE" "$ROOTFLAGS"'
    expect 'what init gets' '/dev/rbd0|xfs|-o noatime,logbufs=8|' "$(cat "$printed")"
}
