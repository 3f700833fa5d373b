#!/usr/bin/env bats
# The hook, where boot scripts of other packages would take the NIC of the root down. What the real
# packages have is seen in a boot test.

# What load brings sets root, complained and more (https://www.shellcheck.net/wiki/SC2154).
# shellcheck disable=SC2154

load ../../testing/scratch-root/build-system

setup() {
    make_build_system desk1
    mkdir -p "$root"/destdir/scripts/{init-bottom,local-bottom} "$root/destdir/etc/dropbear"
    settings=$root/destdir/etc/dropbear/dropbear.conf
}

dropbear='RB312: dropbear-initramfs takes the NIC of the root down before the system starts; to do: echo IFDOWN=none >> /etc/dropbear/initramfs/dropbear.conf'

@test "dropbear, which takes every NIC down by itself, stops mkinitramfs" {
    : > "$root/destdir/scripts/init-bottom/dropbear"
    run_hook
    expect_stopped "$dropbear"
}

@test "dropbear with a pattern of NICs, or with none in a comment, stops mkinitramfs" {
    : > "$root/destdir/scripts/init-bottom/dropbear"
    local line
    for line in 'IFDOWN="en*"' '#IFDOWN=none' 'IFDOWN=nonesuch' 'DROPBEAR_IFDOWN=none'; do
        printf '%s\n' "$line" > "$settings"
        run_hook
        expect_stopped "$dropbear"
    done
}

@test "dropbear that leaves the NICs alone is welcome" {
    : > "$root/destdir/scripts/init-bottom/dropbear"
    local line
    for line in IFDOWN=none 'IFDOWN="none"' "IFDOWN='none' # the root is behind it" $'\tIFDOWN=none'; do
        printf '#IFDOWN="*"\n%s\n' "$line" > "$settings"
        run_hook
        expect_exit_code 0
    done
}

@test "clevis, which takes every NIC down, stops mkinitramfs" {
    local line
    for line in '        ip link  set   dev "$iface" down' 'ip addr  flush dev "$iface"'; do
        printf '%s\n' "$line" > "$root/destdir/scripts/local-bottom/clevis"
        run_hook
        expect_stopped "RB313: clevis-initramfs takes the NIC of the root down before the system starts; to do: cp /usr/share/initramfs-tools/scripts/local-bottom/clevis /etc/initramfs-tools/scripts/local-bottom/ && sed -i '/^for iface/,/^done/d' /etc/initramfs-tools/scripts/local-bottom/clevis"
    done
}

@test "clevis without that part is welcome" {
    printf '%s\n' 'kill "$pid"' '# ip link set dev eth0 down' \
        > "$root/destdir/scripts/local-bottom/clevis"
    run_hook
    expect_exit_code 0
}
