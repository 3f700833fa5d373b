#!/usr/bin/env bats
# What load brings sets root, printed and complained (https://www.shellcheck.net/wiki/SC2154).
# shellcheck disable=SC2154

load ../../testing/scratch-root/initramfs

lower=/run/rbdboot/lower
written=/run/rbdboot/overlay

@test "the root moves below an overlay in memory, whose size is that of the configuration" {
    make_initramfs golden
    boot
    : > "$root/recorded/calls"
    after_root
    expect_exit_code 0
    expect_calls modprobe mkdir mount << CALLS
modprobe overlay
mkdir -p $lower $written
mount -t tmpfs -o mode=0700,size=536870912 rbdboot-overlay $written
mkdir -m 0755 $written/upper $written/work
mount -o move /root $lower
mount -t overlay -o lowerdir=$lower,upperdir=$written/upper,workdir=$written/work rbdboot-overlay /root
mkdir -p /run/rbdboot
CALLS
    expect_contained "  overlay: in memory, over $lower" "$root/run/rbdboot/facts"
}

@test "RB228: each mount that fails ends the boot" {
    make_initramfs golden
    local failing code_of what
    while IFS='|' read -r failing what; do
        boot
        # The $* is that of mount.
        # shellcheck disable=SC2016
        printf 'case "$*" in %s) exit 32 ;; esac\n' "'$failing'*" > "$root/scripted/mount"
        : > "$root/recorded/calls"
        after_root
        expect_contained "rbdboot[overlay-root] RB228: $what" "$root/run/rbdboot/failure"
        expect_calls reboot <<< 'reboot -f'
        forget_boot
    done << CASES
-t tmpfs|no tmpfs can be mounted on $written
-o move|the root cannot be moved from /root to $lower
-t overlay|no overlay can be mounted on /root
CASES
}

@test "a machine that writes to its image, and one that runs read-only, have no such script" {
    make_initramfs desk1
    ! [ -e "$root/scripts/local-bottom" ]
    make_initramfs kiosk
    ! [ -e "$root/scripts/local-bottom" ]
}
