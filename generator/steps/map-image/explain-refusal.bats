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

@test "RB221: the port is that of the other version of the protocol" {
    refuse_map 'Connection timed out' \
        'libceph: mon0 (1)10.77.0.10:3300 socket closed (con state V1_BANNER)'
    boot
    expect_failure RB221 map-image "10.77.0.10:3300 does not speak messenger 1, $(
    )which this machine speaks without \"ms_mode\"" 'ms_mode: "prefer-crc"'
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
    expect_failure RB208 map-image \
        'another client did not let go of the lock of rbd/hosts/desk1 within 90 s' '"lock_timeout"'
}

@test "RB208: an administrator has locked the image" {
    refuse_map 'Device or resource busy' 'rbd: rbd0: locked by external mechanism, tag ' \
        'rbd: rbd0: failed to acquire lock: -16'
    boot
    expect_failure RB208 map-image "rbd/hosts/desk1 was locked by hand, with \"rbd lock add\": $(
    )the kernel does not say by whom" 'rbd lock rm rbd/hosts/desk1 ID LOCKER'
}

# What the kernel logs besides, in the words of these two of its functions.
owned_by() {
    printf 'libceph:  decode_locker client4132 cookie %s addr (%s)%s:0' "$2" "${3:-1}" "$1"
}

@test "RB208: the client that holds the lock is named with its address, if the kernel tells" {
    local address
    for address in 10.77.0.173 '[fd00:77::11]'; do
        refuse_map 'Read-only file system' "$(owned_by 10.9.9.9 'auto 1')" \
            "$(owned_by "$address" 'auto 139744545683168')" 'rbd: rbd0: peer will not release lock'
        boot
        expect_failure RB208 map-image "$address (client4132) holds the lock of rbd/hosts/desk1" \
            'rbd status rbd/hosts/desk1'
        forget_boot
    done
}

@test "RB208: the lock of an administrator is named as \"rbd lock rm\" wants it" {
    refuse_map 'Device or resource busy' "$(owned_by 10.77.0.1 maintenance 3)" \
        'rbd: rbd0: locked by external mechanism, tag '
    boot
    expect_failure RB208 map-image "rbd/hosts/desk1 was locked by hand, with \"rbd lock add\": $(
    )maintenance client.4132" 'rbd lock rm rbd/hosts/desk1 maintenance client.4132'
}

@test "RB208: a lock whose name is no plain word is not shown" {
    # shellcheck disable=SC2016
    refuse_map 'Device or resource busy' "$(owned_by 10.77.0.1 'x; $(reboot)')" \
        'rbd: rbd0: locked by external mechanism, tag '
    boot
    expect_failure RB208 map-image "rbd/hosts/desk1 was locked by hand, with \"rbd lock add\": $(
    )the kernel does not say by whom" 'rbd lock rm rbd/hosts/desk1 ID LOCKER'
}

@test "RB207: caps that allow to read alone are told from none" {
    refuse_map 'Operation not permitted' 'rbd:  image_id is 10234e9d9a2b'
    boot
    expect_failure RB207 map-image \
        'the caps of client.desks let it read rbd/hosts/desk1, and not write to it' \
        "osd 'profile rbd pool=rbd namespace=hosts'"
}

@test "RB223: the kernel has no key, or none that it can read" {
    local logged
    refuse_map 'Operation not permitted' 'libceph: Failed due to key not found: client.desks'
    boot
    expect_failure RB223 map-image \
        'the key of client.desks was gone from the kernel keyring before it was used' keyctl
    forget_boot
    refuse_map 'Invalid argument' 'libceph: no secret set (for auth_x protocol)'
    boot
    expect_failure RB223 map-image \
        'the cluster asks for a key, and client.desks was mapped without one' 'rbdboot install'
}

@test "RB224: the machine is on the blocklist" {
    refuse_map 'Cannot send after transport endpoint shutdown'
    boot
    expect_failure RB224 map-image \
        'this machine is on the blocklist of the cluster, which shuts client.desks out' \
        'ceph osd blocklist rm'
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
        'this kernel does not support these features of the image rbd/hosts/desk1: journaling' \
        'rbd feature disable rbd/hosts/desk1 journaling'
    expect_contained 'unsupported features: 0x40' "$root/dev/tty0"
}

@test "RB209: each feature is named by its bit" {
    local -A named=([0x18]='object-map fast-diff' [0x80]=data-pool [0x640]='journaling migrating non-primary')
    local bits
    for bits in "${!named[@]}"; do
        refuse_map 'No such device or address' \
            "rbd: image desk1: image uses unsupported features: $bits"
        boot
        expect_failure RB209 map-image "this kernel does not support these features of the image $(
        )rbd/hosts/desk1: ${named[$bits]}" "rbd feature disable rbd/hosts/desk1 ${named[$bits]}"
        forget_boot
    done
}

@test "RB209: any other error is shown as it is" {
    local error
    for error in 'Invalid argument' 'Permission denied' 'Cannot allocate memory'; do
        refuse_map "$error"
        boot
        expect_failure RB209 map-image "the kernel refused to map rbd/hosts/desk1: $(
        )dd: error writing '$map_target': $error" 'libceph and rbd below'
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
    )dd: error writing '$map_target': No space left on device" 'libceph and rbd below'
}

@test "RB209: a map that was cut short, with or without a word, is an error" {
    script_program dd <<< 'exit 1'
    boot
    expect_failure RB209 map-image 'the map of rbd/hosts/desk1 was interrupted by a signal' 'start'
    forget_boot
    refuse_map 'Interrupted system call'
    boot
    expect_failure RB209 map-image 'the map of rbd/hosts/desk1 was interrupted by a signal' 'start'
}

@test "what the kernel logs of other devices does not decide what a refusal means" {
    refuse_map 'Permission denied' 'nfs: authentication failed' 'sd 0:0:0:0: failed to blocklist' \
        'libcephfs: authentication failed'
    boot
    expect_failure RB209 map-image "the kernel refused to map rbd/hosts/desk1: $(
    )dd: error writing '$map_target': Permission denied" 'libceph and rbd'
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
    )dd: error writing '$map_target': Invalid argument" 'libceph and rbd'
}
