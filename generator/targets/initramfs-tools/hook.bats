#!/usr/bin/env bats
# What load brings sets root, printed, complained and more (https://www.shellcheck.net/wiki/SC2154).
# shellcheck disable=SC2154

load ../../testing/scratch-root/build-system

keyring=etc/ceph/ceph.client.desks.keyring

setup() {
    make_build_system desk1
}

@test "the initrd gets the modules, the programs and the keyring that the boot script uses" {
    run_hook
    expect_exit_code 0
    expect 'the error output' '' "$(cat "$complained")"
    expect_calls manual_add_modules copy_exec << 'CALLS'
manual_add_modules virtio_pci
manual_add_modules virtio_net
manual_add_modules rbd
manual_add_modules ext4
copy_exec /usr/bin/keyctl
copy_exec /usr/sbin/blkid
copy_exec /usr/sbin/e2fsck
CALLS
    expect 'the files of the initrd' "600 $keyring
755 usr/bin/keyctl
755 usr/sbin/blkid
755 usr/sbin/e2fsck" "$(added_files)"
    cmp "$root/$keyring" "$root/destdir/$keyring"
}

@test "a host that names no drivers of its NIC leaves those to initramfs-tools" {
    make_build_system desk2
    run_hook
    expect_exit_code 0
    expect_calls manual_add_modules << 'CALLS'
manual_add_modules rbd
manual_add_modules ext4
CALLS
}

@test "an initrd for many hosts has the keyring of none" {
    make_build_system fleet
    rm "$root/$keyring"
    run_hook
    expect_exit_code 0
    expect 'the files of the initrd' '755 usr/bin/keyctl
755 usr/sbin/blkid
755 usr/sbin/e2fsck' "$(added_files)"
}

@test "each module is looked up in the kernel that the initrd is for" {
    run_hook
    expect_calls modprobe << CALLS
modprobe --set-version $kernel --ignore-install --quiet --show-depends virtio_pci
modprobe --set-version $kernel --ignore-install --quiet --show-depends virtio_net
modprobe --set-version $kernel --ignore-install --quiet --show-depends rbd
modprobe --set-version $kernel --ignore-install --quiet --show-depends ext4
CALLS
}

@test "a keyring that others may read on the system is for root alone in the initrd" {
    chmod 0644 "$root/$keyring"
    run_hook
    expect_exit_code 0
    expect 'the files of the initrd' "600 $keyring
755 usr/bin/keyctl
755 usr/sbin/blkid
755 usr/sbin/e2fsck" "$(added_files)"
}

@test "an initrd is made anew over the files of the last one" {
    run_hook
    printf '[client.desks]\n\tkey = another\n' > "$root/$keyring"
    run_hook
    expect_exit_code 0
    cmp "$root/$keyring" "$root/destdir/$keyring"
}

@test "the key is in no argument of a program and in nothing that is printed" {
    local secret
    secret=$(sed -n 's/^\tkey = //p' "$root/$keyring")
    [ -n "$secret" ]
    run_hook
    expect 'where the key is' "./destdir/$keyring
./$keyring" "$(cd "$root" && grep -r -a -l -F -e "$secret" . "$printed" "$complained" | sort)"
}

@test "each module that the kernel lacks stops mkinitramfs" {
    local module
    for module in virtio_pci virtio_net rbd ext4; do
        script_program modprobe <<< "[ \"\$6\" != $module ]"
        run_hook
        expect_stopped "the kernel $kernel has no module $module"
    done
}

@test "a module that cannot be added stops mkinitramfs" {
    script_program manual_add_modules <<< 'exit 3'
    run_hook
    expect_exit_code 3
    expect_calls manual_add_modules copy_exec <<< 'manual_add_modules virtio_pci'
}

@test "keyctl that is not installed stops mkinitramfs" {
    rm "$root/usr/bin/keyctl"
    run_hook
    expect_stopped '/usr/bin/keyctl is missing: install the package keyutils in this system'
}

@test "a keyring that is not there stops mkinitramfs" {
    rm "$root/$keyring"
    run_hook
    expect_stopped "/$keyring is missing: run \"rbdboot install\" on this system again"
}

@test "a keyring that cannot be copied stops mkinitramfs" {
    # A file in the place of the directory.
    mkdir -p "$root/destdir/etc"
    : > "$root/destdir/etc/ceph"
    run_hook
    expect_exit_code 1
    [ -s "$complained" ]
}

@test "an applet that busybox lacks is copied from the system, whatever klibc has by its name" {
    # Ubuntu 24.04: busybox-initramfs is built without base64, dd and dmesg (debian/config/pkg/initramfs
    # of Ubuntu's busybox), and klibc-utils puts its dd and dmesg in, which know few options.
    rm "$root"/destdir/bin/{base64,dd,dmesg}
    local name
    for name in dd dmesg; do
        put_into_initrd "bin/$name" "klibc's $name"
        program_of_system "usr/lib/klibc/bin/$name" "klibc's $name"
    done
    for name in base64 dd dmesg; do
        program_of_system "usr/bin/$name" "$name in full"
    done
    run_hook
    expect_exit_code 0
    expect_calls copy_exec << 'CALLS'
copy_exec /usr/bin/keyctl
copy_exec /usr/sbin/blkid
copy_exec /usr/sbin/e2fsck
copy_exec /usr/bin/base64 /bin/base64
copy_exec /usr/bin/dd /bin/dd
copy_exec /usr/bin/dmesg /bin/dmesg
CALLS
    for name in base64 dd dmesg; do
        expect "the initrd's $name" "$name in full" "$(< "$root/destdir/bin/$name")"
    done
}

@test "each applet that neither busybox nor the system has stops mkinitramfs" {
    local applet
    for applet in base64 cat dd dmesg grep ip mkdir sed sleep tail; do
        rm -f "$root"/destdir/*bin/"$applet" "$root/bin/$applet"
        run_hook
        expect_stopped \
            "neither busybox nor this system has $applet: install the package busybox"
        begin_initrd
    done
}

@test "each program that the initramfs should have, and has not, stops mkinitramfs" {
    local program
    for program in busybox ipconfig modprobe reboot udevadm; do
        rm "$root"/destdir/*bin/"$program"
        run_hook
        expect_stopped \
            "the initrd has no $program: run \"apt-get install --reinstall initramfs-tools-core busybox klibc-utils kmod udev\""
        begin_initrd
    done
}

@test "an applet that cannot be copied stops mkinitramfs" {
    rm "$root/destdir/bin/base64"
    program_of_system usr/bin/base64 'base64 in full'
    script_program copy_exec <<< '[ "$1" != /usr/bin/base64 ]'
    run_hook
    expect_exit_code 1
    expect 'the last call' 'copy_exec /usr/bin/base64 /bin/base64' "$(calls | tail -n 1)"
}

@test "without what mkinitramfs sets the hook stops before it writes anything" {
    run_in_root DESTDIR=/destdir "$hook"
    [ "$code" -ne 0 ]
    expect_contained version "$complained"
    run_in_root version="$kernel" DESTDIR= "$hook"
    [ "$code" -ne 0 ]
    expect_contained DESTDIR "$complained"
    expect 'the keyring of the system' 600 "$(stat -c %a "$root/$keyring")"
    [ ! -e "$root/destdir/$keyring" ]
}

@test "without initramfs-tools the hook stops" {
    rm "$root/usr/share/initramfs-tools/hook-functions"
    run_hook
    [ "$code" -ne 0 ]
    expect 'the calls' '' "$(calls)"
}

@test "asked for its prerequisites, the hook names none and does nothing" {
    # As initramfs-tools asks: without what a hook works with.
    rm "$root/usr/share/initramfs-tools/hook-functions"
    run_in_root "$hook" prereqs
    expect_exit_code 0
    expect 'what was printed' '' "$(cat "$printed" "$complained")"
    expect 'the calls' '' "$(calls)"
    expect 'the files of the initrd' '' "$(added_files)"
}
