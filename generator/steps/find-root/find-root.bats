#!/usr/bin/env bats
# What load brings sets root, printed and complained (https://www.shellcheck.net/wiki/SC2154).
# shellcheck disable=SC2154

load ../../testing/scratch-root/initramfs

@test "a partition is found by its number, checked and handed over" {
    make_initramfs partition
    boot
    expect_booted /dev/rbd0p2
    expect_calls e2fsck <<< 'e2fsck -p /dev/rbd0p2'
    expect_contained '  root: /dev/rbd0p2' "$root/run/rbdboot/facts"
}

@test "a partition whose node appears late is waited for" {
    make_initramfs partition
    mv "$root/dev/rbd0p2" "$root/late"
    script_program sleep << 'SCRIPT'
echo >> /recorded/turns
if [ "$(/opt/busybox wc -l < /recorded/turns)" -eq 3 ]; then
    /opt/busybox mv /late /dev/rbd0p2
fi
SCRIPT
    boot
    expect_booted /dev/rbd0p2
}

@test "RB225: the image has no such partition within ten seconds" {
    make_initramfs partition
    rm "$root/dev/rbd0p2"
    boot
    expect_failure RB225 find-root '/dev/rbd0 has no partition 2' '"partition"'
    [ "$(calls sleep | grep -c -x 'sleep 0.1')" -eq 100 ]
    expect_contained '  blkid: /dev/rbd0p1: TYPE=vfat LABEL=ESP' "$root/run/rbdboot/failure"
}

@test "a label is looked for on the image, and on no other disk" {
    make_initramfs labelled
    boot
    expect_booted /dev/rbd0p2
    expect_calls blkid << 'CALLS'
blkid -c /dev/null -t LABEL=root /dev/rbd0
blkid -c /dev/null -t LABEL=root /dev/rbd0p1
blkid -c /dev/null -t LABEL=root /dev/rbd0p2
blkid -p -o value -s TYPE /dev/rbd0p2
CALLS
}

@test "a label of the whole image is found too" {
    make_initramfs labelled
    rm "$root"/dev/rbd0p[12]
    put_on /dev/rbd0 TYPE=ext4 LABEL=root
    boot
    expect_booted /dev/rbd0
}

@test "RB225: another disk alone has the label" {
    make_initramfs labelled
    put_on /dev/rbd0p2 TYPE=ext4 LABEL=home
    boot
    expect_failure RB225 find-root 'there is no LABEL=root on /dev/rbd0' '"root"'
    expect_contained '  blkid: /dev/rbd0p2: TYPE=ext4 LABEL=home' "$root/run/rbdboot/failure"
}

@test "RB229: two partitions have the label" {
    make_initramfs labelled
    put_on /dev/rbd0p1 TYPE=ext4 LABEL=root
    boot
    expect_failure RB229 find-root \
        'LABEL=root is on more than one partition: /dev/rbd0p1 /dev/rbd0p2' '"partition"'
}

# told LOCATION: boots a machine with a shared initrd, to which this is handed over.
told() {
    host_archive rbdboot.mac=52:54:00:12:34:31 rbdboot.image=rbd/hosts/disk rbdboot.client=desks \
        ${1:+"rbdboot.root=$1"}
    boot
}

@test "with a shared initrd each host is told where its root is, or that it is the whole image" {
    make_initramfs disks
    local location
    for location in PARTITION=2 LABEL=root UUID=aa-bb PARTUUID=11-02; do
        told "$location"
        expect_booted /dev/rbd0p2
        forget_boot
    done
    put_on /dev/rbd0 TYPE=ext4
    told ''
    expect_booted /dev/rbd0
}

@test "RB203: what is handed over and is no location is not used" {
    make_initramfs disks
    local location
    # What is hostile is not for this shell.
    # shellcheck disable=SC2016
    for location in PARTITION=0 PARTITION=16 'PARTITION=2;reboot' LABEL= 'LABEL=$(reboot)' LABEL=-a \
        'LABEL=*' UUID=AA-BB 'UUID=a/../b' /dev/vda PARTITION= UUID PARTUUID=x; do
        told "$location"
        expect_failure RB203 find-root \
            'rbdboot.root in the host archive is not PARTITION=NUMBER, UUID=UUID, PARTUUID=UUID or LABEL=LABEL' \
            'rbdboot ipxe'
        forget_boot
    done
}
