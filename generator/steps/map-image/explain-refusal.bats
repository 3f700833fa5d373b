#!/usr/bin/env bats
# What load brings sets root, printed and complained (https://www.shellcheck.net/wiki/SC2154).
# shellcheck disable=SC2154

load ../../testing/scratch-root/initramfs

# What krbd answers, and logs, for each thing that can be wrong outside of the machine
# (drivers/block/rbd.c, net/ceph/mon_client.c, net/ceph/auth_x.c).

setup() {
    make_initramfs desk1
}

@test "RB204: the monitors reject the key" {
    refuse_map 'Permission denied' \
        "libceph: auth protocol 'cephx' mauth authentication failed: -13"
    boot
    expect_failure RB204 map-image 'the monitors rejected the key of client.desks' \
        'ceph auth get client.desks'
}

@test "RB204: the monitors reject the key, over the second version of the protocol" {
    refuse_map 'Permission denied' \
        "libceph: auth protocol 'cephx' msgr authentication failed: -13"
    boot
    expect_failure RB204 map-image 'the monitors rejected the key of client.desks' \
        'ceph auth get client.desks'
}

@test "RB204: older monitors reject the key with another error" {
    refuse_map 'Operation not permitted' \
        "libceph: auth protocol 'cephx' mauth authentication failed: -1"
    boot
    expect_failure RB204 map-image 'the monitors rejected the key of client.desks' \
        'ceph auth get client.desks'
}

@test "RB205: no monitor answers" {
    refuse_map 'Connection timed out' \
        'libceph: mon0 (1)10.77.0.10:6789 socket error on write' \
        'libceph: mon0 (1)10.77.0.10:6789 connect error'
    boot
    expect_failure RB205 map-image 'no monitor answered: 10.77.0.10:6789' \
        'check that the monitors run'
    expect_contained 'libceph: mon0 (1)10.77.0.10:6789 connect error' "$root/dev/tty0"
}

@test "RB205: there is no route to the monitors" {
    refuse_map 'Connection timed out' 'libceph: connect (1)10.77.0.10:6789 error -101'
    boot
    expect_failure RB205 map-image 'no monitor answered: 10.77.0.10:6789' 'this network reaches them'
}

@test "RB205: the port is that of the other version of the protocol" {
    refuse_map 'Connection timed out' \
        'libceph: mon0 (1)10.77.0.10:3300 socket closed (con state V1_BANNER)'
    boot
    expect_failure RB205 map-image 'no monitor answered: 10.77.0.10:6789' 'the ports in "monitors"'
}

@test "RB205: all monitors are named" {
    make_initramfs desk2
    refuse_map 'Connection timed out'
    boot
    expect_failure RB205 map-image 'no monitor answered: 10.77.0.10:6789, [fd00:77::11]:6790' \
        'check that the monitors run'
}

@test "RB206: the pool, the namespace or the image does not exist" {
    local logged
    for logged in 'rbd: pool rbd does not exist' 'rbd: image rbd/hosts/desk1 does not exist'; do
        refuse_map 'No such file or directory' "$logged"
        boot
        expect_failure RB206 map-image \
            'there is no image rbd/hosts/desk1, or its pool or namespace does not exist' 'rbd ls'
        expect_contained "$logged" "$root/dev/ttyS0"
        forget_boot
    done
}

@test "RB207: the caps do not allow the mapping" {
    refuse_map 'Operation not permitted' 'libceph: mon0 (1)10.77.0.10:6789 session established' \
        'libceph: client4123 fsid 7b0c5c1e-6f0f-4a5e-9f55-0d4c3b1a2e90'
    boot
    expect_failure RB207 map-image \
        'the caps of client.desks do not allow it to map rbd/hosts/desk1' \
        "ceph auth caps client.desks mon 'profile rbd' osd 'profile rbd pool=rbd namespace=hosts'"
}

@test "RB207: the caps that an image without a namespace takes name none" {
    make_initramfs desk2
    refuse_map 'Operation not permitted'
    boot
    expect_failure RB207 map-image 'the caps of client.desks do not allow it to map rbd/desk2' \
        "ceph auth caps client.desks mon 'profile rbd' osd 'profile rbd pool=rbd'"
}

@test "RB207: the caps do not allow to break the lock that a dead machine left" {
    refuse_map 'Permission denied' 'rbd: rbd0: no lock owners detected' \
        'rbd: rbd0: breaking header lock owned by client4169' \
        'rbd: rbd0: failed to blocklist client4169: -13' \
        'rbd: rbd0: failed to acquire lock: -13'
    boot
    expect_failure RB207 map-image \
        'client.desks may not break the stale lock of rbd/hosts/desk1' "mon 'profile rbd'"
}

@test "RB208: another machine has the image mapped" {
    refuse_map 'Read-only file system' 'rbd: rbd0: peer will not release lock'
    boot
    expect_failure RB208 map-image 'another client holds the lock of rbd/hosts/desk1' \
        'rbd status rbd/hosts/desk1'
}

@test "RB208: the lock was not to be had in time" {
    refuse_map 'Connection timed out' 'rbd: rbd0: failed to acquire lock: -110'
    boot
    expect_failure RB208 map-image 'another client holds the lock of rbd/hosts/desk1' \
        'rbd lock ls rbd/hosts/desk1'
}

@test "RB208: an administrator has locked the image" {
    refuse_map 'Device or resource busy' 'rbd: rbd0: locked by external mechanism, tag ' \
        'rbd: rbd0: failed to acquire lock: -16'
    boot
    expect_failure RB208 map-image 'another client holds the lock of rbd/hosts/desk1' \
        'rbd lock ls rbd/hosts/desk1'
}

@test "RB209: the image lacks the feature for its lock" {
    refuse_map 'Invalid argument' 'rbd: rbd0: exclusive-lock feature is not enabled'
    boot
    expect_failure RB209 map-image 'the image rbd/hosts/desk1 lacks the feature exclusive-lock' \
        'rbd feature enable rbd/hosts/desk1 exclusive-lock'
}

@test "RB209: the image has a feature that the kernel does not know" {
    refuse_map 'No such device or address' \
        'rbd: image desk1: image uses unsupported features: 0x40'
    boot
    expect_failure RB209 map-image \
        'this kernel does not support a feature of the image rbd/hosts/desk1' 'rbd feature disable'
    expect_contained 'unsupported features: 0x40' "$root/dev/tty0"
}

@test "RB209: any other error is shown as it is" {
    local error
    for error in 'Invalid argument' 'Permission denied' 'Cannot send after transport endpoint shutdown' \
        'File name too long' 'Interrupted system call'; do
        refuse_map "$error"
        boot
        expect_failure RB209 map-image "the kernel refused to map rbd/hosts/desk1: $(
        )dd: error writing '$map_target': $error refused" 'libceph and rbd'
        forget_boot
    done
}

@test "RB209: the words are those of busybox itself" {
    # A device that refuses every write stands for the file of sysfs: no word of dd is scripted.
    rm "$root$map_target"
    ln -s /dev/full "$root$map_target"
    borrow_device /dev/full
    boot
    expect_failure RB209 map-image "the kernel refused to map rbd/hosts/desk1: $(
    )dd: error writing '$map_target': No space left on device refused" 'libceph and rbd'
}

@test "RB209: an error without any word is an error" {
    script_program dd <<< 'exit 1'
    boot
    expect_failure RB209 map-image 'the kernel refused to map rbd/hosts/desk1:  refused' \
        'libceph and rbd'
}

@test "what the kernel logs of other devices does not decide what a refusal means" {
    refuse_map 'Permission denied' 'nfs: authentication failed' 'sd 0:0:0:0: failed to blocklist' \
        'libcephfs: authentication failed'
    boot
    expect_failure RB209 map-image "the kernel refused to map rbd/hosts/desk1: $(
    )dd: error writing '$map_target': Permission denied refused" 'libceph and rbd'
}

@test "what the kernel logs is shown and matched, never evaluated" {
    add_programs canary
    # shellcheck disable=SC2016
    refuse_map 'Invalid argument' 'libceph: $(canary) `canary` ;canary; * ? [a-z]* %s%n \n "'
    boot
    expect 'the calls of canary' '' "$(calls canary)"
    # shellcheck disable=SC2016
    expect_contained 'libceph: $(canary) `canary` ;canary; * ? [a-z]* %s%n \n "' "$root/dev/tty0"
    expect_failure RB209 map-image "the kernel refused to map rbd/hosts/desk1: $(
    )dd: error writing '$map_target': Invalid argument refused" 'libceph and rbd'
}
