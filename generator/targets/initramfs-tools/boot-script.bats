#!/usr/bin/env bats

load ../../testing/scratch-root/initramfs

setup() {
    make_initramfs desk1
}

@test "a boot goes from kernel modules to the mounted root" {
    boot
    expect_booted /dev/rbd0
    expect_calls modprobe ip ipconfig keyctl dd reboot << 'CALLS'
modprobe virtio_pci
modprobe virtio_net
modprobe rbd
modprobe ext4
ip link set enp0s2 up
ip addr add 10.77.0.21/255.255.255.0 dev enp0s2
ip route add default via 10.77.0.1 dev enp0s2
keyctl padd ceph client.desks @u
dd bs=4096 status=none of=/sys/bus/rbd/add_single_major
keyctl unlink 718281828 @u
CALLS
}
