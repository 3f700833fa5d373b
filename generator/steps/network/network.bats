#!/usr/bin/env bats
# What load brings sets root, printed and complained (https://www.shellcheck.net/wiki/SC2154).
# shellcheck disable=SC2154

load ../../testing/scratch-root/initramfs

setup() {
    make_initramfs desk1
}

@test "a MAC address in upper case and with dashes finds the NIC, which the kernel shows otherwise" {
    make_initramfs desk2
    boot
    expect_booted /dev/rbd0
    expect_contained 'nic: enp0s2 52:54:00:ab:cd:ef' "$root/run/rbdboot/facts"
}

@test "a NIC whose driver loads late is waited for" {
    mv "$root/sys/class/net/enp0s2" "$root/late"
    script_program sleep << 'SCRIPT'
echo >> /recorded/turns
if [ "$(/opt/busybox wc -l < /recorded/turns)" -eq 3 ]; then
    /opt/busybox mv /late /sys/class/net/enp0s2
fi
SCRIPT
    boot
    expect_booted /dev/rbd0
    expect_calls sleep ip << 'CALLS'
sleep 0.1
sleep 0.1
sleep 0.1
ip link set enp0s2 up
ip addr add 10.77.0.21/255.255.255.0 dev enp0s2
ip route add default via 10.77.0.1 dev enp0s2
CALLS
}

@test "a second NIC is left alone" {
    add_nic enp0s1 52:54:00:12:34:77
    add_nic enp0s3 52:54:00:12:34:78
    boot
    expect_booted /dev/rbd0
    expect_calls ip << 'CALLS'
ip link set enp0s2 up
ip addr add 10.77.0.21/255.255.255.0 dev enp0s2
ip route add default via 10.77.0.1 dev enp0s2
CALLS
}

@test "a bond and a VLAN with the MAC address of the NIC are left alone" {
    add_virtual_nic bond0 52:54:00:12:34:01
    add_virtual_nic enp0s2.7 52:54:00:12:34:01
    : > "$root/sys/class/net/bonding_masters"
    boot
    expect_booted /dev/rbd0
    expect_calls ip << 'CALLS'
ip link set enp0s2 up
ip addr add 10.77.0.21/255.255.255.0 dev enp0s2
ip route add default via 10.77.0.1 dev enp0s2
CALLS
}

@test "a NIC whose address cannot be read does not hide the others" {
    add_nic enp0s1 52:54:00:12:34:77
    rm "$root/sys/class/net/enp0s1/address"
    boot
    expect_exit_code 0
    expect_root /dev/rbd0
}

@test "RB202: no NIC has the MAC address, and the report lists those that are there" {
    rm -r "$root/sys/class/net/enp0s2"
    add_nic enp0s1 52:54:00:12:34:77
    add_nic enp0s3 52:54:00:12:34:1
    add_virtual_nic bond0 52:54:00:12:34:01
    boot
    expect_failure RB202 network \
        'no NIC has the MAC address 52:54:00:12:34:01; there are: enp0s1=52:54:00:12:34:77 enp0s3=52:54:00:12:34:1' \
        'nicModules'
    expect 'the calls of ip' '' "$(calls ip)"
}

@test "RB202: a machine without any NIC is told so, after 30 seconds" {
    rm -r "$root/sys/class/net/enp0s2"
    boot
    expect_failure RB202 network \
        'no NIC has the MAC address 52:54:00:12:34:01; there are: none' 'nicModules'
    expect 'the turns of a tenth of a second' 300 "$(calls sleep | grep -c -x 'sleep 0.1')"
}

@test "RB212: the NIC cannot be brought up" {
    script_program ip <<< 'exit 1'
    boot
    expect_failure RB212 network 'the NIC enp0s2 cannot be brought up' '"dmesg"'
    expect_calls ip <<< 'ip link set enp0s2 up'
    expect_facts <<< 'nic: enp0s2 52:54:00:12:34:01'
}

@test "a switch port that wakes up slowly is waited for" {
    printf '0\n' > "$root/sys/class/net/enp0s2/carrier"
    script_program sleep << 'SCRIPT'
echo >> /recorded/turns
if [ "$(/opt/busybox wc -l < /recorded/turns)" -eq 2 ]; then
    echo 1 > /sys/class/net/enp0s2/carrier
fi
SCRIPT
    boot
    expect_booted /dev/rbd0
    expect_calls sleep ip << 'CALLS'
ip link set enp0s2 up
sleep 0.1
sleep 0.1
ip addr add 10.77.0.21/255.255.255.0 dev enp0s2
ip route add default via 10.77.0.1 dev enp0s2
CALLS
}

@test "a NIC that shows no link within 10 seconds is tried all the same, and it is said" {
    printf '0\n' > "$root/sys/class/net/enp0s2/carrier"
    boot
    expect_booted /dev/rbd0
    expect 'the turns of a tenth of a second' 100 "$(calls sleep | grep -c -x 'sleep 0.1')"
    expect_contained 'rbdboot[network]: enp0s2 has no link after 10 s' "$printed"
    expect_contained '  link: none' "$root/run/rbdboot/facts"
}

@test "without an address on the kernel command line there is a DHCP exchange, in bounded time" {
    command_line 'initrd=initrd.img rw panic=60'
    boot
    expect_booted /dev/rbd0
    expect_calls ip ipconfig << 'CALLS'
ip link set enp0s2 up
ipconfig -t 60 -c dhcp -d enp0s2
CALLS
    expect_contained '  address: from DHCP on enp0s2' "$root/run/rbdboot/facts"
}

@test "a host that is to use DHCP does so, whatever the command line hands over" {
    make_initramfs desk3
    boot
    expect_booted /dev/rbd0
    expect_calls ip ipconfig << 'CALLS'
ip link set enp0s2 up
ipconfig -t 60 -c dhcp -d enp0s2
CALLS
}

@test "RB211: no DHCP server gave an address" {
    make_initramfs desk3
    script_program ipconfig << 'SCRIPT'
echo 'ipconfig: no devices to configure' >&2
exit 1
SCRIPT
    boot
    expect_failure RB211 network 'no DHCP server gave an address to enp0s2' 'VLAN'
    expect_facts <<< 'nic: enp0s2 52:54:00:12:34:03'
    expect 'the calls of keyctl and dd' '' "$(calls keyctl dd)"
}
