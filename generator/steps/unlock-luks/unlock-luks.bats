#!/usr/bin/env bats
# What load brings sets root, printed and complained (https://www.shellcheck.net/wiki/SC2154).
# shellcheck disable=SC2154

load ../../testing/scratch-root/initramfs

# someone_types LINE...: what is typed at the console, a line each time that one is read.
someone_types() {
    printf '%s\n' "$@" > "$root/recorded/typed"
    script_program head << 'SCRIPT'
/opt/busybox head -n 1 /recorded/typed
/opt/busybox sed -i 1d /recorded/typed
SCRIPT
    : > "$root/dev/console"
}

# expect_hidden: while something is read, the console does not show it; afterwards it does again.
expect_hidden() {
    expect 'how often typing is hidden' "$1" "$(calls stty | grep -c -x 'stty -echo')"
    expect 'how often it is shown again' "$1" "$(calls stty | grep -c -x 'stty echo')"
}

@test "a passphrase is asked for on every console, and opens the container" {
    make_initramfs typed
    someone_types right
    boot
    expect_booted /dev/mapper/root
    # What reads the line and what opens the container run at the same time, in any order.
    expect 'what is read' 'head -n 1' "$(calls head)"
    expect_calls stty cryptsetup e2fsck << 'CALLS'
stty -echo
cryptsetup open --type luks /dev/rbd0 root
stty echo
e2fsck -p /dev/mapper/root
CALLS
    local console
    for console in tty0 ttyS0; do
        expect "what $console shows" \
            'rbdboot[unlock-luks]: type the passphrase for /dev/rbd0 at ttyS0, try 1 of 3:' \
            "$(< "$root/dev/$console")"
    done
    expect_contained '  luks: /dev/mapper/root on /dev/rbd0' "$root/run/rbdboot/facts"
}

@test "a passphrase is asked for with quiet on the kernel command line too" {
    make_initramfs typed
    someone_types right
    boot quiet=y
    expect_contained 'type the passphrase for /dev/rbd0' "$root/dev/ttyS0"
}

@test "a wrong passphrase, and an empty one, cost a try and some seconds" {
    make_initramfs typed
    someone_types wrong '' right
    boot
    expect_booted /dev/mapper/root
    expect_hidden 3
    expect_contained 'this passphrase opens nothing; tries left: 2' "$printed"
    expect_contained 'this passphrase opens nothing; tries left: 1' "$printed"
    expect_calls sleep << 'CALLS'
sleep 2
sleep 2
CALLS
}

@test "RB231: no passphrase was right" {
    make_initramfs typed
    someone_types one two three right
    boot
    expect_failure RB231 unlock-luks 'no passphrase for /dev/rbd0 was right in 3 tries' \
        'cryptsetup luksAddKey'
    expect_hidden 3
}

@test "a passphrase is in no file of the initramfs but what the program read" {
    make_initramfs typed
    someone_types 'not this one' right
    boot
    local found
    found=$(cd "$root" && grep --recursive --files-with-matches 'not this one' \
        conf dev run "$printed" "$complained" || :)
    expect 'where it can be read' '' "$found"
}

@test "RB230: the image holds something else" {
    make_initramfs typed
    put_on /dev/rbd0 TYPE=ext4 LABEL=desk
    boot
    expect_failure RB230 unlock-luks '/dev/rbd0 holds no LUKS container, but ext4' '"luks"'
    expect_contained '  blkid: /dev/rbd0: TYPE=ext4 LABEL=desk' "$root/run/rbdboot/failure"
    expect_calls cryptsetup < /dev/null
}

@test "RB230: the image holds nothing" {
    make_initramfs typed
    put_on /dev/rbd0
    boot
    expect_failure RB230 unlock-luks \
        '/dev/rbd0 holds no LUKS container, but nothing that blkid knows' '"image"'
}

@test "RB232: cryptsetup cannot do it with any passphrase" {
    make_initramfs typed
    someone_types right
    script_program cryptsetup << 'SCRIPT'
/opt/busybox cat > /dev/null
echo 'device-mapper: reload ioctl on root failed: Invalid argument' >&2
echo 'Check that the kernel supports aes-xts-plain64 cipher.' >&2
exit 1
SCRIPT
    boot
    expect_failure RB232 unlock-luks 'cryptsetup cannot open /dev/rbd0' 'cryptsetup luksDump'
    expect_contained '  cryptsetup: device-mapper: reload ioctl on root failed: Invalid argument' \
        "$root/run/rbdboot/failure"
    expect_contained '  cryptsetup: Check that the kernel supports aes-xts-plain64 cipher.' \
        "$root/run/rbdboot/failure"
    expect_hidden 1
}

@test "RB232: the container was opened, and has no device" {
    make_initramfs typed
    someone_types right
    script_program cryptsetup <<< '/opt/busybox cat > /dev/null'
    boot
    expect_failure RB232 unlock-luks '/dev/rbd0 was opened, but there is no /dev/mapper/root' \
        device-mapper
}

@test "the key of the initrd opens the container, without any of it in an argument" {
    make_initramfs keyed
    boot
    expect_booted /dev/mapper/root
    expect_calls stty head cryptsetup << 'CALLS'
cryptsetup open --type luks --key-file - /dev/rbd0 root
CALLS
}

@test "RB231: the key of the initrd opens nothing" {
    make_initramfs keyed
    printf 'other' | base64 > "$root/etc/rbdboot/luks-key"
    boot
    expect_failure RB231 unlock-luks 'the key of the initrd does not open /dev/rbd0' \
        'cryptsetup luksAddKey'
}

@test "RB233: the initrd has no key" {
    make_initramfs keyed
    rm "$root/etc/rbdboot/luks-key"
    boot
    expect_failure RB233 unlock-luks 'the initrd has no /etc/rbdboot/luks-key' 'rbdboot install'
}

@test "with crypttab the container is left to cryptsetup-initramfs, and to mount" {
    make_initramfs tabled
    boot
    expect_booted /dev/mapper/root
    expect_calls cryptsetup e2fsck < /dev/null
    expect_contained 'rbdboot[unlock-luks]: cryptsetup-initramfs opens /dev/rbd0 as /dev/mapper/root' \
        "$printed"
}

@test "RB234: with crypttab, the initrd does not know of the root" {
    make_initramfs tabled
    printf 'other UUID=1 none luks,initramfs\n' > "$root/cryptroot/crypttab"
    boot
    expect_failure RB234 unlock-luks 'the initrd has no target "root" in its /cryptroot/crypttab' \
        'root UUID='
    rm "$root/cryptroot/crypttab"
    forget_boot
    boot
    expect_failure RB234 unlock-luks 'the initrd has no target "root" in its /cryptroot/crypttab' \
        'root UUID='
}

@test "with crypttab, cryptopts= on the kernel command line stands for the table" {
    make_initramfs tabled
    rm "$root/cryptroot/crypttab"
    command_line "rw $handed_over cryptopts=target=root,source=/dev/rbd0"
    boot
    expect_booted /dev/mapper/root
}
