#!/usr/bin/env bats
# What load brings sets root, printed and complained (https://www.shellcheck.net/wiki/SC2154).
# shellcheck disable=SC2154

load ../../testing/scratch-root/initramfs

control=proc/dynamic_debug/control
shared='10.77.0.10:6789 name=desks,key=client.desks,_pool_ns=hosts,lock_timeout=90,mount_timeout=60 rbd desk1 -'
exclusive='10.77.0.10:6789 name=desks,key=client.desks,_pool_ns=hosts,exclusive,lock_timeout=90,mount_timeout=60 rbd desk1 -'
met='rbd:  find_watcher rbd_dev 00000000b91919c2 found cid 4132-139744545683168'
owner='libceph:  decode_locker client4132 cookie auto 139744545683168 addr (1)10.77.0.173:0'

# A kernel that tells whom it meets at the lock. Each line that dd writes is kept.
setup() {
    make_initramfs desk1
    mkdir -p "$root/${control%/*}"
    : > "$root/$control"
    script_program dd <<< '/opt/busybox cat >> /recorded/writes; echo " > ${3#of=}" >> /recorded/writes'
}

expect_writes() (
    trap - DEBUG
    expect 'what was written' "$(cat)" "$(cat "$root/recorded/writes")"
)

@test "a mapping that shares its lock is made and ended before the one that holds it" {
    boot
    expect_booted /dev/rbd0
    expect_writes << WRITES
$shared > $map_target
0 > /sys/bus/rbd/remove_single_major
$exclusive > $map_target
WRITES
    expect 'what the kernel is told last' \
        'func decode_locker -p; func find_watcher -p; func rbd_dev_image_id -p' \
        "$(cat "$root/$control")"
    expect_calls keyctl << 'CALLS'
keyctl padd ceph client.desks @u
keyctl unlink 718281828 @u
CALLS
}

@test "a kernel that does not tell whom it meets is asked once" {
    rm "$root/$control"
    boot
    expect_booted /dev/rbd0
    expect_writes <<< "$exclusive > $map_target"
}

# report_after_unmap: what is done beside the report is done before that ends.
report_after_unmap() {
    script_program tail << 'SCRIPT'
until /opt/busybox grep -q remove_single_major /recorded/writes; do
    /opt/busybox sleep 0.05
done
/opt/busybox tail "$@"
SCRIPT
}

@test "RB220: the report and the reboot wait for no end of the mapping" {
    kernel_says "$owner" "$met"
    report_after_unmap
    printf '%s\n' 'case "$3" in *remove*) /opt/busybox sleep 1000 ;; esac' >> "$root/scripted/dd"
    boot
    expect_failure RB220 map-image "10.77.0.173 (client4132) has rbd/hosts/desk1 mapped, $(
    )and writes to it with a lock that it shares" 'rbd unmap'
}

@test "RB220: a client that gave its lock away gets it back, and is named" {
    kernel_says "$owner" "$met"
    report_after_unmap
    boot
    expect_failure RB220 map-image "10.77.0.173 (client4132) has rbd/hosts/desk1 mapped, $(
    )and writes to it with a lock that it shares" 'rbd status rbd/hosts/desk1'
    expect_writes << WRITES
$shared > $map_target
0 > /sys/bus/rbd/remove_single_major
WRITES
}

@test "a client that was asked, did not answer, and whose lock was broken, is dead" {
    kernel_says "$owner" "$met" "$met" 'rbd: rbd0: breaking header lock owned by client4132'
    boot
    expect_booted /dev/rbd0
}

@test "RB220: a client that came after a lock was broken is alive" {
    kernel_says 'rbd: rbd0: breaking header lock owned by client4001' "$owner" "$met"
    report_after_unmap
    boot
    expect_failure RB220 map-image "10.77.0.173 (client4132) has rbd/hosts/desk1 mapped, $(
    )and writes to it with a lock that it shares" 'rbd unmap'
}

@test "a device that is looked at for a moment is unmapped when nobody does any more" {
    script_program dd << 'SCRIPT'
/opt/busybox cat > /dev/null
case "$3" in
    *remove*)
        echo >> /recorded/turns
        [ "$(/opt/busybox wc -l < /recorded/turns)" -gt 3 ]
        ;;
esac
SCRIPT
    boot
    expect_booted /dev/rbd0
    expect 'the turns of a tenth of a second' 3 "$(calls sleep | grep -c -x 'sleep 0.1')"
    # For udev, which it is as a rule, and which takes long where the network does.
    expect 'the waits for udev' 1 "$(calls udevadm | grep -c -x 'udevadm settle --timeout=180')"
}

@test "a device that nobody looks at is unmapped without asking udev" {
    boot
    expect_booted /dev/rbd0
    expect 'the waits for udev' 0 "$(calls udevadm | grep -c -x 'udevadm settle --timeout=180')"
}

@test "RB222: a device that something keeps open ends the boot after 10 seconds" {
    script_program dd << 'SCRIPT'
/opt/busybox cat > /dev/null
case "$3" in
    *remove*) exit 1 ;;
esac
SCRIPT
    boot
    expect_failure RB222 map-image \
        'something in the initramfs uses /dev/rbd0 before it is handed over' LVM
    expect 'the turns of a tenth of a second' 100 "$(calls sleep | grep -c -x 'sleep 0.1')"
}
