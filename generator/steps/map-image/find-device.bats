#!/usr/bin/env bats
# What load brings sets root, printed and complained (https://www.shellcheck.net/wiki/SC2154).
# shellcheck disable=SC2154

load ../../testing/scratch-root/initramfs

setup() {
    make_initramfs desk1
    rm -r "$root/sys/bus/rbd/devices/0" "$root/dev/rbd0"
}

@test "the device is found among others by its identity, not by its number" {
    add_rbd_device 0 rbd hosts desk7
    add_rbd_device 2 rbd hosts desk10
    add_rbd_device 10 rbd hosts desk1
    add_rbd_device 11 rbd hosts desk
    boot
    expect_booted /dev/rbd10
}

@test "a number that sorts before that of the device is no matter" {
    add_rbd_device 10 rbd hosts desk7
    add_rbd_device 2 rbd hosts desk1
    boot
    expect_booted /dev/rbd2
}

@test "an image of the same name in another pool or namespace is another image" {
    add_rbd_device 0 ssd hosts desk1
    add_rbd_device 1 rbd '' desk1
    add_rbd_device 2 rbd guests desk1
    add_rbd_device 3 rbd hosts desk1
    add_rbd_device 4 ssd '' desk1
    boot
    expect_booted /dev/rbd3
}

@test "an image outside of any namespace is not one of the same name within" {
    make_initramfs desk2
    add_rbd_device 1 rbd hosts desk2
    boot
    expect_booted /dev/rbd0
}

@test "a snapshot of the image, mapped beside it, is not the image" {
    add_rbd_device 0 rbd hosts desk1 golden
    add_rbd_device 1 rbd hosts desk1
    add_rbd_device 2 rbd hosts desk1 yesterday
    boot
    expect_booted /dev/rbd1
}

@test "a device that goes while it is looked at does not hide the others" {
    add_rbd_device 0 rbd hosts desk7
    rm "$root"/sys/bus/rbd/devices/0/*
    add_rbd_device 1 rbd hosts desk1
    boot
    expect_exit_code 0
    expect_root /dev/rbd1
}

@test "RB210: no device has the pool, the namespace and the name" {
    add_rbd_device 0 rbd hosts desk1 golden
    add_rbd_device 1 rbd '' desk1
    boot
    expect_failure RB210 map-image "rbd/hosts/desk1 was mapped, but $(
    )/sys/bus/rbd/devices has no device with this pool, namespace and name" rbd
}

@test "RB210: there is no device at all" {
    boot
    expect_failure RB210 map-image "rbd/hosts/desk1 was mapped, but $(
    )/sys/bus/rbd/devices has no device with this pool, namespace and name" rbd
}

@test "a device node that appears late is waited for" {
    add_rbd_device 0 rbd hosts desk1
    mv "$root/dev/rbd0" "$root/dev/late"
    script_program sleep << 'SCRIPT'
echo >> /recorded/turns
if [ "$(/opt/busybox wc -l < /recorded/turns)" -eq 3 ]; then
    /opt/busybox mv /dev/late /dev/rbd0
fi
SCRIPT
    boot
    expect_booted /dev/rbd0
    expect_calls sleep << 'CALLS'
sleep 0.1
sleep 0.1
sleep 0.1
CALLS
}

@test "RB210: the device node does not appear within 10 seconds" {
    add_rbd_device 0 rbd hosts desk1
    rm "$root/dev/rbd0"
    boot
    expect_failure RB210 map-image 'the device node /dev/rbd0 did not appear' 'rbd below'
    expect 'the turns of a tenth of a second' 100 "$(calls sleep | grep -c -x 'sleep 0.1')"
}

@test "RB210: a file in the place of the device node is no device" {
    add_rbd_device 0 rbd hosts desk1
    rm "$root/dev/rbd0"
    : > "$root/dev/rbd0"
    boot
    expect_failure RB210 map-image 'the device node /dev/rbd0 did not appear' 'rbd below'
}

# report_after_unmap: what is done beside the report is done before that ends.
report_after_unmap() {
    script_program dmesg << 'SCRIPT'
until [ -s /sys/bus/rbd/remove_single_major ]; do
    /opt/busybox sleep 0.05
done
/opt/busybox cat /recorded/kernel-log
SCRIPT
}

@test "RB215: the monitors belong to another cluster" {
    add_rbd_device 0 rbd hosts desk1
    echo 00000000-1111-2222-3333-444444444444 > "$root/sys/bus/rbd/devices/0/cluster_fsid"
    report_after_unmap
    boot
    expect_failure RB215 map-image \
        "the monitors belong to the cluster 00000000-1111-2222-3333-444444444444, not to $fsid" \
        'ceph fsid'
}

@test "RB215: the report and the reboot wait for no end of the mapping" {
    add_rbd_device 0 rbd hosts desk1
    echo 00000000-1111-2222-3333-444444444444 > "$root/sys/bus/rbd/devices/0/cluster_fsid"
    script_program dd << 'SCRIPT'
/opt/busybox cat > /dev/null
case "$3" in
    *remove*)
        : > /recorded/ends
        /opt/busybox sleep 1000
        ;;
esac
SCRIPT
    script_program dmesg <<< 'until [ -e /recorded/ends ]; do /opt/busybox sleep 0.05; done'
    boot
    expect_failure RB215 map-image \
        "the monitors belong to the cluster 00000000-1111-2222-3333-444444444444, not to $fsid" \
        'ceph fsid'
}

@test "RB215: the image of another cluster is let go of, by its own number" {
    add_rbd_device 2 rbd hosts desk7
    add_rbd_device 10 rbd hosts desk1
    echo 00000000-1111-2222-3333-444444444444 > "$root/sys/bus/rbd/devices/10/cluster_fsid"
    report_after_unmap
    boot
    expect 'what is unmapped' 10 "$(cat "$root/sys/bus/rbd/remove_single_major")"
}

@test "RB215: a cluster that cannot be told is not taken for the right one" {
    add_rbd_device 0 rbd hosts desk1
    rm "$root/sys/bus/rbd/devices/0/cluster_fsid"
    report_after_unmap
    boot
    expect_failure RB215 map-image \
        "the monitors belong to the cluster unknown, not to $fsid" 'ceph fsid'
}
