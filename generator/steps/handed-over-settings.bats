#!/usr/bin/env bats
# What load brings sets root, printed and complained (https://www.shellcheck.net/wiki/SC2154).
# shellcheck disable=SC2154
# Nothing in these quotes is to be expanded, by whoever (https://www.shellcheck.net/wiki/SC2016).
# shellcheck disable=SC2016,SC1003,SC2054

load ../testing/scratch-root/initramfs

# One initrd that many hosts boot: MAC address, image and client arrive at boot, over the network.

setup() {
    make_initramfs fleet
    add_programs canary
    script_program canary < /dev/null
}

expect_mapped_with() {
    expect 'what was written' "10.77.0.10:6789 $1" "$(< "$root$map_target")"
}

# expect_refused_each PARAMETER STEP FORM VALUE...: boots once with each of the values, from the host
# archive; each time nothing is mapped, nothing is evaluated, and the value is not shown.
expect_refused_each() (
    trap - DEBUG
    local parameter=$1 step=$2 form=$3 value
    shift 3
    for value in "$@"; do
        host_archive rbdboot.mac=52:54:00:12:34:01 rbdboot.image=rbd/hosts/desk1 \
            rbdboot.client=desks "rbdboot.$parameter=$value" rbdboot.other=1
        if ! boot \
            || ! expect_failure RB203 "$step" "rbdboot.$parameter in the host archive is not $form" \
                "rbdboot.$parameter" \
            || ! expect 'the calls of what follows' '' "$(calls canary keyctl dd)" \
            || [ -e "$root/canary" ] \
            || LC_ALL=C grep '[^[:print:]]' "$printed" "$root/dev/tty0"; then
            printf 'the value was: %q\n' "$value"
            return 1
        fi
        forget_boot
    done
)

@test "the host archive tells which NIC, which image and which client" {
    boot
    expect_booted /dev/rbd0
    expect_mapped_with "name=desks,key=client.desks,_pool_ns=hosts,exclusive,$(
    )lock_timeout=90,mount_timeout=60 rbd desk1 -"
    expect_calls keyctl << 'CALLS'
keyctl padd ceph client.desks @u
keyctl unlink 718281828 @u
CALLS
    expect_facts << 'FACTS'
nic: enp0s2 52:54:00:12:34:01
address: 10.77.0.21/255.255.255.0 on enp0s2, gateway 10.77.0.1
image: rbd/hosts/desk1 as client.desks
monitors: 10.77.0.10:6789
device: /dev/rbd0
FACTS
}

@test "the kernel command line wins over the host archive" {
    add_nic enp0s9 52:54:00:12:34:09
    add_rbd_device 9 ssd '' desk9
    cp "$root/etc/ceph/ceph.client.desks.keyring" "$root/etc/ceph/ceph.client.guests.keyring"
    command_line "rbdboot.client=guests rbdboot.mac=52:54:00:12:34:09 rbdboot.image=ssd/desk9"
    boot
    expect_booted /dev/rbd9
    expect_mapped_with "name=guests,key=client.guests,exclusive,$(
    )lock_timeout=90,mount_timeout=60 ssd desk9 -"
    expect_calls ipconfig keyctl << 'CALLS'
ipconfig -t 60 -c dhcp -d enp0s9
keyctl padd ceph client.guests @u
keyctl unlink 718281828 @u
CALLS
}

@test "the host archive can hand the address over too" {
    command_line rw
    host_archive rbdboot.mac=52:54:00:12:34:01 rbdboot.image=rbd/hosts/desk1 rbdboot.client=desks \
        rbdboot.address=10.77.0.22/255.255.255.0
    boot
    expect_booted /dev/rbd0
    expect_calls ip << 'CALLS'
ip link set enp0s2 up
ip addr add 10.77.0.22/255.255.255.0 dev enp0s2
CALLS
}

@test "the host archive is read, never sourced" {
    {
        cat "$root/etc/rbdboot/host"
        printf 'canary\nrbdboot.image=rbd/hosts/desk7; canary\nexit 1\n'
    } > "$root/host"
    mv "$root/host" "$root/etc/rbdboot/host"
    boot
    expect_booted /dev/rbd0
    expect 'the calls of canary' '' "$(calls canary)"
}

@test "RB216: nothing was handed over" {
    rm -r "$root/etc/rbdboot"
    boot
    expect_failure RB216 network "rbdboot.mac was not handed over: $(
    )it is neither on the kernel command line nor in the host archive" 'host archive'
    expect 'the calls of what follows' '' "$(calls ip keyctl dd)"
}

@test "RB216: a part of it was not handed over, or is empty" {
    local archive
    for archive in rbdboot.client=desks 'rbdboot.client=desks rbdboot.image='; do
        host_archive rbdboot.mac=52:54:00:12:34:01 "$archive"
        boot
        expect_failure RB216 map-image "rbdboot.image was not handed over: $(
        )it is neither on the kernel command line nor in the host archive" 'host archive'
        forget_boot
    done
    for archive in rbdboot.image=rbd/hosts/desk1 'rbdboot.image=rbd/hosts/desk1 rbdboot.client='; do
        host_archive rbdboot.mac=52:54:00:12:34:01 "$archive"
        boot
        expect_failure RB216 map-image "rbdboot.client was not handed over: $(
        )it is neither on the kernel command line nor in the host archive" 'host archive'
        forget_boot
    done
}

@test "RB214: the initrd has no keyring of the client that was handed over" {
    command_line "rbdboot.client=guests $handed_over"
    boot
    expect_failure RB214 map-image 'the initrd has no /etc/ceph/ceph.client.guests.keyring' '"rbdboot ipxe", and let the iPXE script load it'
    expect 'the calls of keyctl and dd' '' "$(calls keyctl dd)"
}

@test "RB207: the caps that a refused client takes are for the image that was handed over" {
    refuse_map 'Operation not permitted'
    boot
    expect_failure RB207 map-image 'the caps of client.desks do not allow it to map rbd/hosts/desk1' \
        "ceph auth caps client.desks mon 'profile rbd' osd 'profile rbd pool=rbd namespace=hosts'"
    forget_boot
    command_line "rbdboot.image=rbd/desk9 $handed_over"
    boot
    expect_failure RB207 map-image 'the caps of client.desks do not allow it to map rbd/desk9' \
        "ceph auth caps client.desks mon 'profile rbd' osd 'profile rbd pool=rbd'"
}

@test "RB203: a parameter on the kernel command line is said to be there" {
    command_line 'rbdboot.mac=52:54:00:AB:CD'
    boot
    expect_failure RB203 network "rbdboot.mac on the kernel command line is not $(
    )a MAC address, as 52:54:00:ab:cd:ef" rbdboot.mac
}

@test "a MAC address is taken in each way that people and boot loaders write it" {
    add_nic enp0s7 52:54:00:ab:cd:ef
    local spelling
    for spelling in rbdboot.mac=52:54:00:ab:cd:ef rbdboot.mac=52:54:00:AB:CD:EF \
        rbdboot.mac=52-54-00-AB-cd-EF rbdboot.mac=01-52-54-00-ab-cd-ef; do
        command_line "$handed_over $spelling"
        boot
        expect_booted /dev/rbd0
        expect_contained 'nic: enp0s7 52:54:00:ab:cd:ef' "$root/run/rbdboot/facts"
        forget_boot
    done
}

@test "BOOTIF names the NIC where nothing else does, in each spelling of the boot loaders" {
    add_nic enp0s7 52:54:00:ab:cd:ef
    host_archive rbdboot.image=rbd/hosts/desk1 rbdboot.client=desks
    local spelling
    for spelling in 01-52-54-00-ab-cd-ef 01-52-54-00-AB-CD-EF 52:54:00:ab:cd:ef 52-54-00-ab-cd-ef \
        01:52:54:00:AB:CD:EF; do
        command_line "BOOTIF=01-00-00-00-00-00-00 $handed_over BOOTIF=$spelling xBOOTIF=1 BOOTIFx=2"
        boot
        expect_booted /dev/rbd0
        expect_contained 'nic: enp0s7 52:54:00:ab:cd:ef' "$root/run/rbdboot/facts"
        expect_contained PermanentMACAddress=52:54:00:ab:cd:ef \
            "$root/run/systemd/network/00-rbdboot.network"
        forget_boot
    done
}

@test "what rbdboot hands over is more than BOOTIF, which may be of another NIC" {
    add_nic enp0s7 52:54:00:ab:cd:ef
    command_line "BOOTIF=01-52-54-00-ab-cd-ef $handed_over"
    boot
    expect_booted /dev/rbd0
    expect_contained 'nic: enp0s2 52:54:00:12:34:01' "$root/run/rbdboot/facts"
}

@test "RB203: a BOOTIF of another form is refused" {
    host_archive rbdboot.image=rbd/hosts/desk1 rbdboot.client=desks
    local value
    for value in 01-52-54-00-12 02-52-54-00-12-34-01 '$(canary)' '01-*' enp0s2 \
        $'01-52-54-00-12-34-01\t'; do
        command_line "BOOTIF=$value"
        boot
        expect_failure RB203 network "rbdboot.mac (BOOTIF) on the kernel command line is not $(
        )a MAC address, as 52:54:00:ab:cd:ef" rbdboot.mac
        expect 'the calls of canary' '' "$(calls canary)"
        forget_boot
    done
}

@test "RB203: a MAC address of another form is refused" {
    expect_refused_each mac network 'a MAC address, as 52:54:00:ab:cd:ef' \
        52:54:00:12:34 52:54:00:12:34:01:02 525400123401 52:54:00:12:34:0g \
        52:54:00:12:34:1 02-52-54-00-12-34-01 01-52-54-00-12 \
        '*' '??:??:??:??:??:??' '[0-9a-f]*' '52:54:00:12:34:*' '$(canary)' '`canary`' '";canary;"' \
        "';canary;'" '52:54:00:12:34:01;canary' '52:54:00:12:34:01>/canary' '${interface}' \
        $'52:54:00:12:34:01\t' $'\e[2J52:54:00:12:34:01'
}

@test "RB203: an image of another form is refused" {
    expect_refused_each image map-image 'POOL/IMAGE or POOL/NAMESPACE/IMAGE' \
        desk1 rbd/ /desk1 / // rbd//desk1 ../desk1 rbd/.. rbd/../desk1 ./x rbd/./x x/. rbd/hosts/ rbd/hosts/desk1/ /rbd/hosts/desk1 \
        rbd/hosts/desk1/x rbd/hosts/desk1@golden -/desk1 rbd/- rbd/hosts/-x \
        rbd/desk1,secret=x rbd/hosts,x/desk1 rbd/hosts=x/desk1 'rbd/*' '*/*' '?/?' '[a-z]/x' \
        '$(canary)/x' 'rbd/`canary`' 'rbd/desk1;canary' 'rbd/desk1|canary' 'rbd/desk1>/canary' \
        '"rbd/desk1"' "rbd/desk1'" 'rbd/desk1\' 'rbd/~' '${x:=canary}/y' 'rbd/%s%n' \
        $'rbd/desk1\t-' $'rbd/\e[2J' $'rbd/desk1\v' $'rbd/d\xc3\xa9sk1'
}

@test "RB203: a client of another form is refused, and no path is left" {
    expect_refused_each client map-image 'the name of a client' \
        .. . .x ../../x desks/../x /etc/passwd -x desks,secret=x desks=x 'desks,key=client.x' \
        '*' '?esks' '[a-z]*' '$(canary)' '`canary`' 'desks;canary' 'desks|canary' '"desks"' "des'ks" \
        'desks\' '~root' '${x:=canary}' '%s%n' 'desks>/canary' $'desks\tx' $'\e[2J' $'d\xc3\xa9sks'
}
