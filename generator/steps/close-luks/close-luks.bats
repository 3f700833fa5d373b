#!/usr/bin/env bats
# What load brings sets root, printed and complained (https://www.shellcheck.net/wiki/SC2154).
# shellcheck disable=SC2154

load ../../testing/scratch-root/initramfs

@test "the kernel is to close the container when the root is unmounted" {
    local host
    for host in typed keyed tabled; do
        make_initramfs "$host"
        after_root
        expect_calls cryptsetup << 'CALLS'
cryptsetup close --deferred root
CALLS
    done
}

@test "a container that stays open is said, and the boot goes on" {
    make_initramfs typed
    script_program cryptsetup <<< 'exit 1'
    after_root
    expect_exit_code 0
    expect_contained 'rbdboot[close-luks]: /dev/mapper/root will stay open at shutdown' "$printed"
}

@test "a root without a container has nothing to close" {
    make_initramfs desk1
    ! [ -e "$root/scripts/local-bottom" ]
}
