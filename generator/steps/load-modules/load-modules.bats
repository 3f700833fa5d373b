#!/usr/bin/env bats
# What load brings sets root, printed and complained (https://www.shellcheck.net/wiki/SC2154).
# shellcheck disable=SC2154

load ../../testing/scratch-root/initramfs

@test "the drivers of the NIC are loaded first, then rbd and the file system" {
    make_initramfs desk1
    boot
    expect_calls modprobe << 'CALLS'
modprobe virtio_pci
modprobe virtio_net
modprobe rbd
modprobe ext4
CALLS
}

@test "a host that names no drivers of its NIC leaves those to udev" {
    make_initramfs desk2
    boot
    expect_calls modprobe << 'CALLS'
modprobe rbd
modprobe ext4
CALLS
}

@test "RB201: each module that cannot be loaded ends the boot, and no other is tried" {
    make_initramfs desk1
    local module loaded=''
    for module in virtio_pci virtio_net rbd ext4; do
        script_program modprobe <<< "[ \"\$1\" != $module ]"
        boot
        expect_failure RB201 load-modules "the kernel module $module could not be loaded" \
            'update-initramfs -u'
        loaded+="modprobe $module"$'\n'
        expect_calls modprobe ip keyctl dd <<< "${loaded%$'\n'}"
        forget_boot
    done
}
