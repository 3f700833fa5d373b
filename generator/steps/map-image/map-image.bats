#!/usr/bin/env bats
# What load brings sets root, printed and complained (https://www.shellcheck.net/wiki/SC2154).
# shellcheck disable=SC2154

load ../../testing/scratch-root/initramfs

keyring=etc/ceph/ceph.client.desks.keyring

# expect_mapped_with LINE: exactly this was written to map the image, by one call of dd, which makes
# one write of it: the line is no longer than a block of dd.
expect_mapped_with() {
    expect 'what was written' "$1" "$(cat "$root$map_target" && echo .)"
    expect_calls dd <<< "dd bs=4096 status=none of=$map_target"
    [ "${#1}" -lt 4096 ]
}

@test "the image is mapped with its namespace, its lock, and the name of the key" {
    make_initramfs desk1
    boot
    expect_booted /dev/rbd0
    # The dot stands where a newline would: there is none.
    expect_mapped_with "10.77.0.10:6789 name=desks,key=client.desks,_pool_ns=hosts,exclusive,$(
    )lock_timeout=90,mount_timeout=60 rbd desk1 -."
}

@test "an image without a namespace is mapped without one, through any of the monitors" {
    make_initramfs desk2
    boot
    expect_booted /dev/rbd0
    expect_mapped_with "10.77.0.10:6789,[fd00:77::11]:6790 name=desks,key=client.desks,exclusive,$(
    )lock_timeout=90,mount_timeout=60 rbd desk2 -."
    expect_contained '  image: rbd/desk2 as client.desks' "$root/run/rbdboot/facts"
}

@test "the map options of a host stand beside the defaults, or in their place" {
    make_initramfs desk3
    boot
    expect_booted /dev/rbd0
    expect_mapped_with "10.77.0.10:6789,[fd00:77::11]:6790 name=desks,key=client.desks,_pool_ns=hosts,$(
    )exclusive,mount_timeout=60,lock_timeout=120,queue_depth=64,notrim rbd desk3 -."
}

@test "the kernel gets the key as bytes, through a pipe, before the write that needs it" {
    make_initramfs desk1
    boot
    expect_calls keyctl dd << CALLS
keyctl padd ceph client.desks @u
dd bs=4096 status=none of=$map_target
keyctl unlink 718281828 @u
CALLS
    base64 --decode <<< "$secret" | cmp - "$root/recorded/key"
}

@test "a key that stays in the keyring of the kernel does not end the boot" {
    make_initramfs desk1
    # The $1 is that of keyctl.
    # shellcheck disable=SC2016
    sed -i '1i [ "$1" = unlink ] && exit 1' "$root/scripted/keyctl"
    boot
    expect_booted /dev/rbd0
}

@test "a refused write is not tried again, and the key leaves the kernel keyring all the same" {
    make_initramfs desk1
    refuse_map 'Connection timed out'
    boot
    expect_calls keyctl dd << CALLS
keyctl padd ceph client.desks @u
dd bs=4096 status=none of=$map_target
keyctl unlink 718281828 @u
CALLS
}

@test "RB214: the initrd has no keyring" {
    make_initramfs desk1
    rm "$root/$keyring"
    boot
    expect_failure RB214 map-image "the initrd has no /$keyring" 'rbdboot install'
    expect 'the calls of keyctl and dd' '' "$(calls keyctl dd)"
    expect_facts << 'FACTS'
nic: enp0s2 52:54:00:12:34:01
address: 10.77.0.21/255.255.255.0 on enp0s2, gateway 10.77.0.1
image: rbd/hosts/desk1 as client.desks
monitors: 10.77.0.10:6789
FACTS
}

@test "RB213: the kernel does not take the key" {
    make_initramfs desk1
    script_program keyctl << 'SCRIPT'
echo 'add_key: Operation not permitted' >&2
exit 1
SCRIPT
    boot
    expect_failure RB213 map-image \
        'the key of client.desks cannot be put into the kernel keyring' 'rbdboot install'
    expect_calls keyctl dd <<< 'keyctl padd ceph client.desks @u'
}

@test "RB213: a keyring without a usable key maps nothing" {
    make_initramfs desk1
    local contents
    for contents in '' '[client.desks]' $'[client.desks]\n\tkey = ' $'[client.desks]\n\tkey = %%%'; do
        printf '%s\n' "$contents" > "$root/$keyring"
        boot
        expect_failure RB213 map-image \
            'the key of client.desks cannot be put into the kernel keyring' 'rbdboot install'
        expect_calls keyctl dd <<< 'keyctl padd ceph client.desks @u'
        forget_boot
    done
}

@test "RB213: without keyctl in the initrd nothing is mapped" {
    make_initramfs desk1
    rm "$root/bin/keyctl"
    boot
    expect_failure RB213 map-image \
        'the key of client.desks cannot be put into the kernel keyring' 'rbdboot install'
    expect 'the calls of dd' '' "$(calls dd)"
}
