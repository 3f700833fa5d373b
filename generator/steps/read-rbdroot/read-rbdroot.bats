#!/usr/bin/env bats
# What load brings sets root, printed and complained (https://www.shellcheck.net/wiki/SC2154).
# shellcheck disable=SC2154
# Nothing in these quotes is to be expanded, by whoever (https://www.shellcheck.net/wiki/SC2016).
# shellcheck disable=SC2016,SC1003

load ../../testing/scratch-root/initramfs

# Its base64 has slashes, as that of one key in three has.
key='AQD//////////////////////////////////w=='
keyring_cure='put it into the host archive with "rbdboot ipxe"'

setup() {
    make_initramfs older
    add_programs canary
    script_program canary < /dev/null
    add_rbd_device 7 ssd '' desk7
}

# expect_key_hidden: it is in its keyring, on the command line and with keyctl, and nowhere else.
expect_key_hidden() (
    trap - DEBUG
    local found
    found=$(cd "$root" && grep --recursive --text --files-with-matches --fixed-strings -e "$key" \
        . "$printed" "$complained" \
        | grep -v -x -e ./proc/cmdline -e './etc/ceph/ceph\.client\..*\.keyring') || return 0
    printf 'the key can be read in: %s\n' "$found"
    return 1
)

expect_boot_of_desk7() {
    boot
    expect_booted /dev/rbd7
    expect 'what was written' "10.77.0.10:6789 name=guests,key=client.guests,exclusive,$(
    )lock_timeout=90,mount_timeout=60 ssd desk7 -" "$(< "$root$map_target")"
    expect_calls keyctl << 'CALLS'
keyctl padd ceph client.guests @u
keyctl unlink 718281828 @u
CALLS
    expect 'the key that the kernel got' "$(base64 -d <<< "$key" | od -t x1)" \
        "$(od -t x1 < "$root/recorded/key")"
    expect_key_hidden
    expect 'the mode of the keyring' 600 \
        "$(stat -c %a "$root/etc/ceph/ceph.client.guests.keyring")"
    # What the running system has to read is as readable as ever.
    expect 'the mode of the .network' 644 \
        "$(stat -c %a "$root/run/systemd/network/00-rbdboot.network")"
}

@test "rbdroot= says which image, as whom and with which key" {
    command_line "$handed_over boot=rbd rbdroot=10.77.0.10:guests:$key:ssd:desk7::"
    expect_boot_of_desk7
    expect_contained 'rbdboot[read-rbdroot] RB237: the key of client.guests is on the kernel command line' \
        "$root/dev/ttyS0"
    expect_contained "$keyring_cure" "$root/dev/ttyS0"
}

@test "each of the older forms is understood" {
    local form
    for form in \
        "rbdroot=10.77.0.9,10.77.0.10:guests:$key:ssd:desk7" \
        "rbdroot=10.77.0.9;3300,10.77.0.10;6789:guests:$key:ssd:desk7::rw" \
        "rbdroot=10.77.0.10:guests/$key:ssd/desk7::" \
        "rbdroot=10.77.0.10:guests/$key:ssd/desk7::defaults:" \
        "root=rbd:10.77.0.10:guests:$key:ssd:desk7::" \
        "root=rbd:10.77.0.10:guests/$key:ssd/desk7::ext4:" \
        "root=/dev/sda1 root=rbd:10.77.0.10:guests:$key:ssd:desk7"; do
        command_line "$handed_over $form"
        if ! expect_boot_of_desk7; then
            printf 'the form was: %s\n' "$form"
            return 1
        fi
        rm "$root/etc/ceph/ceph.client.guests.keyring"
        host_archive rbdboot.mac=52:54:00:12:34:01 rbdboot.image=rbd/hosts/desk1 rbdboot.client=desks
        forget_boot
    done
}

@test "the warning is shown to who boots quietly too" {
    command_line "$handed_over rbdroot=10.77.0.10:guests:$key:ssd:desk7::"
    boot quiet=y
    expect_booted /dev/rbd7
    expect_contained RB237 "$root/dev/ttyS0"
}

@test "the word secret, or nothing, stands for the key of the host archive" {
    local given
    for given in secret ''; do
        command_line "$handed_over rbdroot=10.77.0.10:desks:$given:ssd:desk7::"
        boot
        expect_booted /dev/rbd7
        expect 'warnings' '' "$(grep RB237 "$root/dev/ttyS0")"
        host_archive rbdboot.mac=52:54:00:12:34:01 rbdboot.image=rbd/hosts/desk1 rbdboot.client=desks
        forget_boot
    done
}

@test "a machine without any host archive is told all of it on the command line" {
    rm -r "$root/etc/rbdboot" "$root/etc/ceph"
    command_line "$handed_over rbdboot.mac=52:54:00:12:34:01 rbdroot=10.77.0.10:guests:$key:ssd:desk7::"
    expect_boot_of_desk7
}

@test "rbdboot.* on the kernel command line wins over rbdroot=, which wins over the host archive" {
    command_line "$handed_over rbdroot=10.77.0.10:desks::ssd:desk7:: rbdboot.image=rbd/hosts/desk1"
    boot
    expect_booted /dev/rbd0
    expect_contained 'image: rbd/hosts/desk1 as client.desks' "$root/run/rbdboot/facts"
}

@test "another root= is none of ours, and the host archive counts" {
    command_line "$handed_over root=/dev/rbd0 rootdelay=9"
    boot
    expect_booted /dev/rbd0
}

@test "hosts that do not accept it look at none of it" {
    make_initramfs fleet
    command_line "$handed_over rbdroot=10.77.0.10:guests:$key:ssd:desk7::"
    boot
    expect_booted /dev/rbd0
    expect 'the word rbdroot in the script' '' "$(grep rbdroot "$root/scripts/local-top/rbdboot")"
}

# expect_refused CODE WHAT CURE ARGUMENT: and nothing was evaluated, mapped or shown.
expect_refused() (
    trap - DEBUG
    command_line "$handed_over $4"
    if boot \
        && expect_failure "$1" read-rbdroot "$2" "$3" \
        && expect_calls canary keyctl dd ip < /dev/null \
        && expect_key_hidden; then
        forget_boot
        return
    fi
    printf 'the argument was: %q\n' "$4"
    return 1
)

@test "RB236: what the configuration has to say is refused with what to write there" {
    expect_refused RB236 'rbdroot= names none of the monitors that this initrd is made for: 10.77.0.10:6789' \
        'correct "monitors" in the configuration' "rbdroot=10.0.0.1;6789:guests:$key:ssd:desk7::"
    expect_refused RB236 \
        'root=rbd: on the kernel command line has mount options, which this initrd does not take from there' \
        'write them as "rootFlags"' "root=rbd:10.77.0.10:guests:$key:ssd:desk7::noatime"
    expect_refused RB236 \
        'rbdroot= on the kernel command line goes on behind the mount options: a second image is not mapped' \
        'rbdmap(8)' "rbdroot=10.77.0.10:guests/$key:ssd/desk7:::ssd/data"
    expect_refused RB236 'rbdroot= names none of the monitors that this initrd is made for: 10.77.0.10:6789' \
        'correct "monitors"' rbdroot=auto
    # The form of a Gentoo module, without monitors.
    expect_refused RB236 'root=rbd: names none of the monitors that this initrd is made for: 10.77.0.10:6789' \
        'correct "monitors"' root=rbd:rbd:desk7:ext4:noatime
}

@test "RB235: a field of another form is refused" {
    local client='rbdroot= on the kernel command line is not of its form: the client is not the name of one'
    local image='rbdroot= on the kernel command line is not of its form: POOL and IMAGE are not POOL/IMAGE or POOL/NAMESPACE/IMAGE'
    local bad='rbdroot= on the kernel command line is not of its form: the key is not one of a keyring'
    local value
    for value in '' .. ../../x '$(canary)' '`canary`' '*' "x'y" 'a;canary' '-n' $'\e[2J'; do
        expect_refused RB235 "$client" 'MONITOR:CLIENT:KEY:POOL:IMAGE' \
            "rbdroot=10.77.0.10:$value:$key:ssd:desk7::"
    done
    for value in '' '*' '$(canary)' '`canary`' 'desk7;canary' -x '"desk7"' '%s' $'desk\t7'; do
        expect_refused RB235 "$image" 'MONITOR:CLIENT:KEY:POOL:IMAGE' \
            "rbdroot=10.77.0.10:guests:$key:ssd:$value::"
    done
    for value in '$(canary)' '`canary`' "$key;canary" "$key'" '*' 'AQ%s' 'AQ>canary' '-n'; do
        expect_refused RB235 "$bad" 'ceph auth get-key client.guests' \
            "rbdroot=10.77.0.10:guests:$value:ssd:desk7::"
    done
    for value in 0 16 1p2 x '$(canary)' -1 '*'; do
        expect_refused RB235 \
            'rbdroot= on the kernel command line is not of its form: the partition is no number from 1 to 15' \
            'MONITOR:CLIENT:KEY:POOL:IMAGE' "rbdroot=10.77.0.10:guests:$key:ssd:desk7:$value:"
    done
}

@test "a partition is handed over as the configuration would" {
    command_line "$handed_over rbdroot=10.77.0.10:desks::ssd:desk7:2:"
    boot
    expect_contained ' rbdboot.image=ssd/desk7 rbdboot.client=desks rbdboot.root=PARTITION=2' \
        "$root/etc/rbdboot/host"
    # There is none on this image, as a step that looks for it says.
    expect_contained 'RB225' "$root/run/rbdboot/failure"
}
