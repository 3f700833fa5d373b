#!/usr/bin/env bats
# Step keep-address: what the network managers of the real system find in /run.

setup() {
    load ../../testing/scratch-root/initramfs
    make_initramfs desk1
}

@test "systemd-networkd keeps the address of the NIC, and renews the lease under its MAC address" {
    boot
    expect_booted /dev/rbd0
    expect 'the file for systemd-networkd' '[Match]
PermanentMACAddress=52:54:00:12:34:01
[Network]
DHCP=ipv4
KeepConfiguration=yes
[DHCPv4]
ClientIdentifier=mac' "$(< "$root/run/systemd/network/00-rbdboot.network")"
}

@test "NetworkManager leaves the NIC alone" {
    boot
    expect 'the file for NetworkManager' '[keyfile]
unmanaged-devices+=mac:52:54:00:12:34:01' "$(< "$root/run/NetworkManager/conf.d/00-rbdboot.conf")"
}

@test "ifupdown takes the NIC for one that is up under a name that it has no stanza of" {
    boot
    expect 'the interfaces that are up' 'enp0s2=rbdboot' "$(< "$root/run/network/ifstate")"
    expect 'the state of the NIC' 'rbdboot' "$(< "$root/run/network/ifstate.enp0s2")"
}

@test "a file that cannot be written is said, and the boot goes on" {
    mkdir -p "$root/run"
    : > "$root/run/systemd"
    boot
    expect_exit_code 0
    grep -q -F -x 'rbdboot[keep-address]: /run/systemd/network/00-rbdboot.network cannot be written: the system may drop the address' "$printed"
    expect_root /dev/rbd0
}
