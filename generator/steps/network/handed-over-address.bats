#!/usr/bin/env bats
# What load brings sets root, printed and complained (https://www.shellcheck.net/wiki/SC2154).
# shellcheck disable=SC2154
# Nothing in these quotes is to be expanded, by whoever (https://www.shellcheck.net/wiki/SC2016).
# shellcheck disable=SC2016,SC1003,SC2054

load ../../testing/scratch-root/initramfs

# What the boot loader hands over comes from whoever answers on the network. None of it may do more
# than set an address.

setup() {
    make_initramfs desk1
    # Called by anything that evaluates what it should only read.
    add_programs canary
    script_program canary < /dev/null
}

# boot_with COMMAND-LINE
boot_with() {
    printf '%s\n' "$1" > "$root/proc/cmdline"
    boot
    expect_nothing_evaluated || {
        printf 'the kernel command line was: %q\n' "$1"
        return 1
    }
}

expect_nothing_evaluated() {
    expect 'the calls of canary' '' "$(calls canary)" || return
    expect 'the files of the root' "$files_before" "$(files_of_root)" || return
    # A terminal acts upon control characters, so none may get onto a console.
    if LC_ALL=C grep --quiet '[^[:print:]]' "$printed" "$root/dev/tty0" "$root/dev/ttyS0"; then
        echo 'control characters are on a console'
        return 1
    fi
}

# Boots once with each of the command lines; each time exactly these calls of ip and ipconfig are made.
expect_calls_with_each() (
    trap - DEBUG
    local line expected=$1
    shift
    for line in "$@"; do
        boot_with "$line" || return
        expect_booted /dev/rbd0 || return
        expect "with $line the calls" "$expected" "$(calls ip ipconfig)" || return
        forget_boot
    done
)

# expect_refused_each PARAMETER FORM LINE-BEFORE VALUE...: boots once with each of the values in the
# parameter; each time it is refused before anything is set.
expect_refused_each() (
    trap - DEBUG
    local parameter=$1 form=$2 before=$3 value
    shift 3
    for value in "$@"; do
        if ! boot_with "$before $parameter=$value rbdboot.other=1" \
            || ! expect_failure RB203 network "$parameter on the kernel command line is not $form" \
                "$parameter" \
            || ! expect_calls ip ipconfig <<< 'ip link set enp0s2 up'; then
            printf 'the value was: %q\n' "$value"
            return 1
        fi
        forget_boot
    done
)

# Where the script runs, and where it could write.
files_of_root() {
    (cd "$root" && find . -path ./run -prune -o -path ./recorded -prune -o -print | sort)
}

@test "an address without a gateway sets no route" {
    command_line 'rbdboot.address=192.0.2.7/255.255.255.128'
    boot
    expect_booted /dev/rbd0
    expect_calls ip ipconfig << 'CALLS'
ip link set enp0s2 up
ip addr add 192.0.2.7/255.255.255.128 dev enp0s2
CALLS
    expect_contained '  address: 192.0.2.7/255.255.255.128 on enp0s2, gateway none' \
        "$root/run/rbdboot/facts"
}

@test "RB212: the address cannot be set" {
    script_program ip <<< '[ "$1" != addr ]'
    boot
    expect_failure RB212 network \
        'the address 10.77.0.21/255.255.255.0 cannot be set on enp0s2' 'DHCP server leases'
}

@test "RB212: the default route cannot be set" {
    script_program ip <<< '[ "$1" != route ]'
    boot
    expect_failure RB212 network \
        'the default route through 10.77.0.1 cannot be set on enp0s2' 'DHCP server leases'
}

@test "the parameters are found wherever they stand, and the last one holds" {
    files_before=$(files_of_root)
    local address=rbdboot.address=10.0.0.5/255.0.0.0
    local lines=(
        "$address"
        "quiet $address"
        "$address quiet"
        "   $address   "
        "rbdboot.address=10.0.0.6/255.0.0.0 $address"
        "rbdboot.address=\$(canary) $address"
        "rbdboot.address= $address"
        "rbdboot.address $address"
        "$address rbdboot.addresses=10.0.0.6/255.0.0.0"
        "$address xrbdboot.address=10.0.0.6/255.0.0.0"
        "$address rbdboot_address=10.0.0.6/255.0.0.0"
        "$address RBDBOOT.ADDRESS=10.0.0.6/255.0.0.0"
        "$address -- rbdboot.addres=1"
        "$address init=/bin/sh\\ -c\\ canary"
        "$address * ? [a-z]* ~ {a,b} !! #"
        "\$(canary) \`canary\` ; canary | canary & canary $address"
        "> /canary < /etc/ceph/ceph.client.desks.keyring $address"
        "BOOT_IMAGE='(http)' \"canary\" \\canary \\ $address"
        "interface=eth9 device=/dev/sda key=x address=1.1.1.1 $address"
        "$address"$'\nrbdboot.address=10.0.0.6/255.0.0.0'
    )
    expect_calls_with_each 'ip link set enp0s2 up
ip addr add 10.0.0.5/255.0.0.0 dev enp0s2' "${lines[@]}"
}

@test "a command line that hands no address over leads to DHCP" {
    files_before=$(files_of_root)
    local lines=(
        ''
        ' '
        'rbdboot.address'
        'rbdboot.address='
        'rbdboot.address=10.0.0.5/255.0.0.0 rbdboot.address='
        'rbdboot.gateway=10.0.0.1'
        'rbdboot.gateway=$(canary)'
        'xrbdboot.address=10.0.0.5/255.0.0.0'
        'rbdboot?address=10.0.0.5/255.0.0.0 rbdboot*=10.0.0.5/255.0.0.0'
        'rbdbootXaddress=10.0.0.5/255.0.0.0'
        $'\trbdboot.other=1'
        $'quiet\nrbdboot.address=10.0.0.5/255.0.0.0'
    )
    expect_calls_with_each 'ip link set enp0s2 up
ipconfig -t 60 -c dhcp -d enp0s2' "${lines[@]}"
}

@test "RB203: an address of another form is refused, and nothing in it is evaluated" {
    files_before=$(files_of_root)
    local values=(
        # No address and netmask.
        10.0.0.5
        10.0.0.5/
        /255.0.0.0
        /
        10.0.0.5/8
        10.0.0.5/255.0.0.0/8
        10.0.0.5//255.0.0.0
        255.0.0.0.10.0.0.5/255.0.0.0
        10.0.0/255.0.0.0
        10.0.0./255.0.0.0
        .10.0.0.5/255.0.0.0
        10..0.5/255.0.0.0
        10.0.0.256/255.0.0.0
        10.0.0.5/255.0.0.999
        10.0.0.0005/255.0.0.0
        10.0.0.5./255.0.0.0
        10.0.0.5:6789/255.0.0.0
        -10.0.0.5/255.0.0.0
        +1.0.0.5/255.0.0.0
        0x0a.0.0.5/255.0.0.0
        fd00::1/64
        desk1/255.0.0.0
        10.0.0.5/255.0.0.0,10.0.0.6/255.0.0.0
        # What a shell would evaluate.
        '$(canary)'
        '`canary`'
        '10.0.0.$(canary)/255.0.0.0'
        '10.0.0.5/255.0.0.`canary`'
        '"10.0.0.5/255.0.0.0"'
        "'10.0.0.5/255.0.0.0'"
        "';canary;'"
        '";canary;"'
        '10.0.0.5/255.0.0.0;canary'
        '10.0.0.5/255.0.0.0|canary'
        '10.0.0.5/255.0.0.0&canary'
        '10.0.0.5/255.0.0.0>/canary'
        '10.0.0.5/255.0.0.0#'
        '$interface/$interface'
        '${interface}'
        '${x:=canary}'
        '$((canary))'
        '$((1)).0.0.5/255.0.0.0'
        '[0-9].0.0.5/255.0.0.0'
        '?.0.0.5/255.0.0.0'
        '*'
        '*.*.*.*/*.*.*.*'
        '/*'
        '~'
        '{10.0.0.5,10.0.0.6}/255.0.0.0'
        '\'
        '10.0.0.5\/255.0.0.0'
        '10.0.0.5/255.0.0.0\'
        '%s%n%s'
        '-n'
        '--help'
        '='
        '10.0.0.5/255.0.0.0=canary'
        # What a terminal or a line-wise reader would act upon.
        $'10.0.0.5/255.0.0.0\t'
        $'10.0.0.5/255.0.0.0\tcanary'
        $'\e[2J10.0.0.5/255.0.0.0'
        $'\e]0;canary\a'
        $'10.0.0.5\r/255.0.0.0'
        $'10.0.0.5/255.0.0.0\b'
        $'10.0.0.5/255.0.0.0\v'
        $'\xff\xfe10.0.0.5/255.0.0.0'
        $'\xd9\xa1\xd9\xa0.0.0.5/255.0.0.0'
        '١٠.0.0.5/255.0.0.0'
    )
    expect_refused_each rbdboot.address ADDRESS/NETMASK rw "${values[@]}"
}

@test "RB203: a gateway of another form is refused, before the address is set" {
    files_before=$(files_of_root)
    local values=(
        10.0.0
        10.0.0.1/8
        10.0.0.256
        gateway
        fd00::1
        '$(canary)'
        '`canary`'
        '";canary;"'
        '10.0.0.1;canary'
        '*'
        '?.?.?.?'
        $'10.0.0.1\e[2J'
        -1
        dev
    )
    expect_refused_each rbdboot.gateway 'an IPv4 address' \
        rbdboot.address=10.0.0.5/255.0.0.0 "${values[@]}"
}

@test "a command line of 4 KB is read to its end" {
    files_before=$(files_of_root)
    local words
    words=$(printf 'a%d=$(canary) ' {1..280})
    [ "${#words}" -gt 4000 ]
    boot_with "$words rbdboot.address=10.0.0.5/255.0.0.0"
    expect_booted /dev/rbd0
    expect_calls ip << 'CALLS'
ip link set enp0s2 up
ip addr add 10.0.0.5/255.0.0.0 dev enp0s2
CALLS
}

@test "RB203: an address of 4 KB is refused" {
    files_before=$(files_of_root)
    boot_with "rbdboot.address=$(printf '1%.0s' {1..4096})/255.0.0.0"
    expect_failure RB203 network \
        'rbdboot.address on the kernel command line is not ADDRESS/NETMASK' rbdboot.address
}
