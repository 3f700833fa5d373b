#!/usr/bin/env bats
# What load brings sets root, printed and complained (https://www.shellcheck.net/wiki/SC2154).
# shellcheck disable=SC2154
# Nothing in these quotes is to be expanded, by whoever (https://www.shellcheck.net/wiki/SC2016).
# shellcheck disable=SC2016

load ../../testing/scratch-root/initramfs

# What lies between the NIC and the cluster: static addresses, MTU, VLAN and bond.

# expect_network NAME, with what is expected of the file for systemd-networkd on standard input.
expect_network() {
    expect "$1" "$(cat)" "$(< "$root/run/systemd/network/$1")"
}

unmanaged() {
    sed -n 's/^unmanaged-devices+=//p' "$root/run/NetworkManager/conf.d/00-rbdboot.conf"
}

@test "a static IPv4 address is set after the MTU, whatever the command line hands over" {
    make_initramfs static4
    boot
    expect_booted /dev/rbd0
    expect_calls ip ipconfig << 'CALLS'
ip link set enp0s2 mtu 9000
ip link set enp0s2 up
ip addr add 10.77.0.31/24 dev enp0s2
ip route add default via 10.77.0.1 dev enp0s2
CALLS
    expect_contained '  address: 10.77.0.31/24 on enp0s2, gateway 10.77.0.1' \
        "$root/run/rbdboot/facts"
    expect_network 00-rbdboot.network << 'FILE'
[Match]
PermanentMACAddress=52:54:00:12:34:11
[Link]
MTUBytes=9000
[Network]
Address=10.77.0.31/24
KeepConfiguration=yes
Gateway=10.77.0.1
FILE
    expect 'what NetworkManager leaves alone' mac:52:54:00:12:34:11 "$(unmanaged)"
}

@test "a static IPv6 address is waited for until the kernel has made sure that it is free" {
    make_initramfs static6
    script_program ip << 'SCRIPT'
if [ "$2" = -6 ]; then
    echo >> /recorded/turns
    if [ "$(/opt/busybox wc -l < /recorded/turns)" -lt 3 ]; then
        echo '2: enp0s2 inet6 fd00:77::31/64 scope global tentative'
    else
        echo '2: enp0s2 inet6 fd00:77::31/64 scope global'
    fi
fi
SCRIPT
    boot
    expect_booted /dev/rbd0
    expect_calls ip ipconfig sleep << 'CALLS'
ip link set enp0s2 up
ip addr add fd00:77::31/64 dev enp0s2
ip route add default via fe80::1 dev enp0s2
ip -o -6 addr show dev enp0s2 scope global
sleep 0.1
ip -o -6 addr show dev enp0s2 scope global
sleep 0.1
ip -o -6 addr show dev enp0s2 scope global
ip -o -6 addr show dev enp0s2 scope global
CALLS
    expect 'whether routers give out addresses' 0 \
        "$(< "$root/proc/sys/net/ipv6/conf/enp0s2/autoconf")"
    expect_network 00-rbdboot.network << 'FILE'
[Match]
PermanentMACAddress=52:54:00:12:34:12
[Network]
Address=fd00:77::31/64
KeepConfiguration=yes
Gateway=fe80::1
[IPv6AcceptRA]
UseAutonomousPrefix=no
FILE
}

@test "RB219: another machine has the IPv6 address" {
    make_initramfs static6
    script_program ip << 'SCRIPT'
if [ "$2" = -6 ]; then
    echo '2: enp0s2 inet6 fd00:77::31/64 scope global tentative dadfailed'
fi
SCRIPT
    boot
    expect_failure RB219 network \
        'another machine on the network of enp0s2 has the address fd00:77::31/64' 'ip neigh'
    expect 'the calls of keyctl and dd' '' "$(calls keyctl dd)"
}

@test "RB212: a static address or its route cannot be set" {
    make_initramfs static4
    script_program ip <<< '[ "$1" != addr ]'
    boot
    expect_failure RB212 network 'the address 10.77.0.31/24 cannot be set on enp0s2' \
        'correct "address" of this host'
    forget_boot
    script_program ip <<< '[ "$1" != route ]'
    boot
    expect_failure RB212 network 'the default route through 10.77.0.1 cannot be set on enp0s2' \
        'correct "address" of this host'
}

@test "RB218: the NIC does not take the MTU" {
    make_initramfs static4
    script_program ip <<< '[ "$4" != mtu ]'
    boot
    expect_failure RB218 network 'enp0s2 does not take an MTU of 9000' 'lower "mtu"'
    expect_calls ip <<< 'ip link set enp0s2 mtu 9000'
}

@test "a bond takes its NICs while they are down, and a VLAN lies over it" {
    make_initramfs bonded
    add_nic enp0s9 52:54:00:12:34:99
    boot
    expect_booted /dev/rbd0
    expect_calls ip ipconfig << 'CALLS'
ip link add name root-bond type bond
ip link set root-bond address 52:54:00:12:34:13
ip link set enp0s2 down
ip link set enp0s2 master root-bond
ip link set enp0s3 down
ip link set enp0s3 master root-bond
ip link set root-bond mtu 9000
ip link set root-bond up
ip link add link root-bond name root-vlan type vlan id 7
ip link set root-vlan up
ipconfig -t 60 -c dhcp -d root-vlan
CALLS
    expect 'the mode' active-backup "$(< "$root/sys/class/net/root-bond/bonding/mode")"
    expect 'the milliseconds' 100 "$(< "$root/sys/class/net/root-bond/bonding/miimon")"
    expect 'the modules of the bond and the VLAN' 'modprobe bonding max_bonds=0
modprobe 8021q' "$(calls modprobe | tail -n 2)"
    expect_contained '  bond: root-bond 52:54:00:12:34:13 of enp0s2 enp0s3, active-backup' \
        "$root/run/rbdboot/facts"
    expect_contained '  vlan: 7 on root-bond' "$root/run/rbdboot/facts"
}

@test "the real system finds the bond and the VLAN as the initramfs made them" {
    make_initramfs bonded
    boot
    expect_network 00-rbdboot.network << 'FILE'
[Match]
PermanentMACAddress=52:54:00:12:34:13 52:54:00:12:34:14
[Link]
Unmanaged=yes
FILE
    expect_network 00-rbdboot-bond.network << 'FILE'
[Match]
Name=root-bond
[Link]
MTUBytes=9000
[Network]
VLAN=root-vlan
FILE
    expect_network 00-rbdboot-vlan.netdev << 'FILE'
[NetDev]
Name=root-vlan
Kind=vlan
[VLAN]
Id=7
FILE
    expect_network 00-rbdboot-vlan.network << 'FILE'
[Match]
Name=root-vlan
[Link]
MTUBytes=9000
[Network]
DHCP=ipv4
KeepConfiguration=yes
[DHCPv4]
ClientIdentifier=mac
FILE
    expect 'what NetworkManager leaves alone' "interface-name:root-bond;interface-name:root-vlan;$(
    )mac:52:54:00:12:34:13;mac:52:54:00:12:34:14" "$(unmanaged)"
    expect 'what ifupdown takes to be up' 'root-vlan=rbdboot
enp0s2=rbdboot
enp0s3=rbdboot
root-bond=rbdboot' "$(< "$root/run/network/ifstate")"
    expect 'the state of a NIC' rbdboot "$(< "$root/run/network/ifstate.enp0s3")"
}

@test "a bond goes without a NIC that is not there" {
    make_initramfs bonded
    rm -r "$root/sys/class/net/enp0s2"
    boot
    expect_booted /dev/rbd0
    expect_contained 'root-bond goes without the NIC 52:54:00:12:34:13, which is not there' "$printed"
    expect_contained '  nic: 52:54:00:12:34:13 is not there' "$root/run/rbdboot/facts"
    expect_contained ' of enp0s3, active-backup' "$root/run/rbdboot/facts"
}

@test "RB202: none of the NICs of the bond is there" {
    make_initramfs bonded
    rm -r "$root/sys/class/net/enp0s2" "$root/sys/class/net/enp0s3"
    add_nic enp0s9 52:54:00:12:34:99
    boot
    expect_failure RB202 network \
        'none of the NICs of the bond is there; there are: enp0s9=52:54:00:12:34:99' '"bond"'
}

@test "RB201 and RB217: each thing that a bond or a VLAN takes can fail" {
    make_initramfs bonded
    script_program modprobe <<< '[ "$1" != bonding ]'
    boot
    expect_failure RB201 network 'the kernel module bonding could not be loaded' 'update-initramfs -u'
    forget_boot
    script_program modprobe <<< '[ "$1" != 8021q ]'
    boot
    expect_failure RB201 network 'the kernel module 8021q could not be loaded' 'update-initramfs -u'
    forget_boot
    script_program modprobe < /dev/null
    script_program ip <<< '[ "$2" != add ]'
    boot
    expect_failure RB217 network 'the bond root-bond cannot be made' 'drivers of its NICs'
    forget_boot
    script_program ip <<< '[ "$4" != address ]'
    boot
    expect_failure RB217 network \
        'the bond root-bond cannot take the MAC address 52:54:00:12:34:13' 'drivers of its NICs'
    forget_boot
    script_program ip <<< '[ "$4" != master ]'
    boot
    expect_failure RB217 network 'the bond root-bond cannot take the NIC enp0s2' 'drivers of its NICs'
    forget_boot
    script_program ip <<< '[ "$2 $3" != "add link" ]'
    boot
    expect_failure RB217 network 'the VLAN 7 cannot be made on root-bond' 'driver of the NIC'
}

# In an initrd for the whole rack all of it is handed over.

rack_archive() {
    host_archive rbdboot.mac=52:54:00:12:34:13 rbdboot.image=rbd/rack/desk rbdboot.client=desks "$@"
}

@test "the host archive hands over a static address, an MTU, a VLAN and a bond" {
    make_initramfs rack
    command_line rw
    rack_archive rbdboot.address=10.77.0.31/24 rbdboot.gateway=10.77.0.1 rbdboot.mtu=9000 \
        rbdboot.vlan=7 rbdboot.bond=802.3ad,52:54:00:12:34:13,52:54:00:12:34:14
    boot
    expect_booted /dev/rbd0
    expect_calls ip ipconfig << 'CALLS'
ip link add name root-bond type bond
ip link set root-bond address 52:54:00:12:34:13
ip link set enp0s2 down
ip link set enp0s2 master root-bond
ip link set enp0s3 down
ip link set enp0s3 master root-bond
ip link set root-bond mtu 9000
ip link set root-bond up
ip link add link root-bond name root-vlan type vlan id 7
ip link set root-vlan up
ip addr add 10.77.0.31/24 dev root-vlan
ip route add default via 10.77.0.1 dev root-vlan
CALLS
    expect 'the mode' 802.3ad "$(< "$root/sys/class/net/root-bond/bonding/mode")"
    expect_contained 'Unmanaged=yes' "$root/run/systemd/network/00-rbdboot.network"
    expect_contained 'VLAN=root-vlan' "$root/run/systemd/network/00-rbdboot-bond.network"
    expect_contained 'Gateway=10.77.0.1' "$root/run/systemd/network/00-rbdboot-vlan.network"
    expect 'what NetworkManager leaves alone' "interface-name:root-bond;interface-name:root-vlan;$(
    )mac:52:54:00:12:34:13;mac:52:54:00:12:34:14;" "$(unmanaged)"
}

@test "a host of the rack that has none of it boots as any other, with its lease" {
    make_initramfs rack
    rack_archive
    boot
    expect_booted /dev/rbd0
    expect_calls ip ipconfig << 'CALLS'
ip link set enp0s2 up
ip addr add 10.77.0.21/255.255.255.0 dev enp0s2
ip route add default via 10.77.0.1 dev enp0s2
CALLS
    expect_network 00-rbdboot.network << 'FILE'
[Match]
PermanentMACAddress=52:54:00:12:34:13
[Network]
DHCP=ipv4
KeepConfiguration=yes
[DHCPv4]
ClientIdentifier=mac
FILE
    expect 'the files for systemd-networkd' 00-rbdboot.network "$(ls "$root/run/systemd/network")"
    forget_boot
    command_line rw
    boot
    expect_calls ipconfig <<< 'ipconfig -t 60 -c dhcp -d enp0s2'
}

@test "an IPv6 address is handed over as well" {
    make_initramfs rack
    command_line rw
    rack_archive rbdboot.address=fd00:77::31/64 rbdboot.gateway=fe80::1
    boot
    expect_booted /dev/rbd0
    expect_calls ip << 'CALLS'
ip link set enp0s2 up
ip addr add fd00:77::31/64 dev enp0s2
ip route add default via fe80::1 dev enp0s2
ip -o -6 addr show dev enp0s2 scope global
ip -o -6 addr show dev enp0s2 scope global
CALLS
    expect_contained 'UseAutonomousPrefix=no' "$root/run/systemd/network/00-rbdboot.network"
    expect 'whether routers give out addresses' 0 \
        "$(< "$root/proc/sys/net/ipv6/conf/enp0s2/autoconf")"
}

# expect_refused_each PARAMETER FORM VALUE...: nothing is done to any NIC.
expect_refused_each() (
    trap - DEBUG
    local parameter=$1 form=$2 value
    shift 2
    for value in "$@"; do
        rack_archive rbdboot.address=10.77.0.31/24 "rbdboot.$parameter=$value"
        if ! boot \
            || ! expect_failure RB203 network \
                "rbdboot.$parameter in the host archive is not $form" "rbdboot.$parameter" \
            || ! expect 'the calls' '' "$(calls ip canary keyctl)" \
            || [ -e "$root/canary" ]; then
            printf 'the value was: %q\n' "$value"
            return 1
        fi
        forget_boot
    done
)

@test "RB203: what is handed over of the network is refused in another form" {
    make_initramfs rack
    add_programs canary
    script_program canary < /dev/null
    command_line rw
    local hostile=('$(canary)' '`canary`' '*' '";canary;"' '${interface}' '-1' '1;canary' '%s' $'7\t')
    expect_refused_each mtu 'a number from 576 to 65535' 575 65536 100000 09000 9000x 0x2328 +9000 \
        99999999999999999999 "${hostile[@]}"
    expect_refused_each vlan 'a number from 1 to 4094' 0 4095 07 7x 1.5 "${hostile[@]}"
    expect_refused_each bond \
        'MODE,MAC,MAC with active-backup or 802.3ad and MAC addresses in lower case' \
        active-backup active-backup, active-backup,52:54:00:12:34:13 802.3ad, \
        active-backup,52:54:00:12:34:13, balance-rr,52:54:00:12:34:13,52:54:00:12:34:14 \
        active-backup,52:54:00:12:34:13,52:54:00:12:34:1g \
        'active-backup,52:54:00:12:34:13,$(canary)' 'active-backup,*,*' "${hostile[@]}"
    expect_refused_each address 'ADDRESS/PREFIX or ADDRESS/NETMASK' 10.77.0.31 10.77.0.31/ /24 / \
        10.77.0.31/0 10.77.0.31/33 10.77.0.31/24/8 10.77.0.256/24 fd00::1 fd00::1/ fd00::1/0 \
        fd00::1/129 fd00::g/64 fd00:1/64 'fd00::$(canary)/64' 'fd00::*/64' fd00::1%enp0s2/64 \
        '10.77.0.31/$(canary)' "${hostile[@]}"
    expect_refused_each gateway 'an IPv4 address' fd00::1 10.77.0 "${hostile[@]}"
}
