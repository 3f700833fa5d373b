#!/usr/bin/env bats
# The programs of a boot directory, in the real system.

# What load brings sets root, complained and more (https://www.shellcheck.net/wiki/SC2154); what is
# scripted is for the shell of the scratch root (SC2016).
# shellcheck disable=SC2154,SC2016

load ../../testing/scratch-root/build-system

publish=/etc/initramfs/post-update.d/rbdboot-boot-files
key=/usr/lib/rbdboot/boot-key

setup() {
    make_root build_real_system
}

# A system with /boot mounted, two kernels, and their initrds.
build_real_system() {
    build_root base64 keyctl linux-version modprobe mountpoint mv rm sed sync || return
    copy_with_libraries dash bin/sh || return
    local files=$prepared/hosts/desk4
    mkdir -p "$root"/{boot,etc/ceph,usr/lib/rbdboot,etc/initramfs/post-update.d}
    cp --preserve=mode "$files$key" "$root$key"
    cp --preserve=mode "$files$publish" "$root$publish"
    cp "$files"/etc/ceph/ceph.client.boot-desk4.keyring "$root/etc/ceph"
    local name
    for name in base64 mv rm sed; do
        script_program "$name" <<< "exec /opt/busybox $name \"\$@\""
    done
    for name in modprobe mountpoint sync; do
        script_program "$name" < /dev/null
    done
    script_program linux-version <<< '[ "$1" = sort ] || exit 0
printf "6.1.0-10-amd64\n6.1.0-9-amd64\n"'
    script_program keyctl <<< '[ "$1" != padd ] || { /opt/busybox cat > /recorded/key; echo 4711; }'
    printf 'what was\n' > "$root/boot/boot-files.ipxe"
    touch "$root"/boot/{vmlinuz,initrd.img}-6.1.0-{9,10}-amd64
}

expect_published() {
    expect_exit_code 0 || return
    expect 'what the boot server is told' "#!ipxe
set vmlinuz vmlinuz-$1
set initrd initrd.img-$1" "$(< "$root/boot/boot-files.ipxe")" || return
    expect 'files beside it' '' "$(find "$root/boot" -name '.*' -type f)"
}

expect_not_published() {
    expect_stopped "$1" || return
    expect 'what the boot server is told' 'what was' "$(< "$root/boot/boot-files.ipxe")"
}

@test "the newest kernel with an initrd is what the boot server is told" {
    run_in_root "$publish" 6.1.0-9-amd64 /boot/initrd.img-6.1.0-9-amd64
    expect_published 6.1.0-10-amd64
    expect 'the previous pair' '#!ipxe
set vmlinuz vmlinuz-6.1.0-9-amd64
set initrd initrd.img-6.1.0-9-amd64' "$(< "$root/boot/boot-files.ipxe.old")"
}

@test "what is named is in the cluster before its name is" {
    run_in_root "$publish"
    expect_calls sync mv << 'CALLS'
sync -f /boot/.rbdboot.new
mv -f /boot/.rbdboot.new /boot/boot-files.ipxe
sync -f /boot/.rbdboot.new
mv -f /boot/.rbdboot.new /boot/boot-files.ipxe.old
CALLS
}

@test "a kernel without an initrd is passed over, and so is one that went" {
    run_in_root "$publish"
    rm "$root/boot/initrd.img-6.1.0-10-amd64"
    run_in_root "$publish"
    expect_published 6.1.0-9-amd64
    [ ! -e "$root/boot/boot-files.ipxe.old" ]
}

@test "without any pair of them nothing is told" {
    rm "$root"/boot/vmlinuz-*
    run_in_root "$publish"
    expect_not_published \
        'RB314: /boot has no kernel with an initrd; to do: update-initramfs -c -k all'
}

@test "with /boot not mounted nothing is told" {
    script_program mountpoint <<< 'exit 1'
    run_in_root "$publish"
    expect_not_published \
        'RB314: /boot is not mounted, and what stays in the image nobody boots; to do: systemctl start boot.mount'
}

@test "a file that cannot be written stops, and leaves what there was" {
    script_program sync <<< 'exit 5'
    run_in_root "$publish"
    expect_exit_code 5
    expect 'what the boot server is told' 'what was' "$(< "$root/boot/boot-files.ipxe")"
}

@test "the kernel gets the key for two minutes, on no command line" {
    run_in_root "$key"
    expect_exit_code 0
    expect_calls modprobe keyctl << 'CALLS'
modprobe libceph
keyctl padd ceph client.boot-desk4 @u
keyctl timeout 4711 120
CALLS
    expect 'its length' 28 "$(stat -c %s "$root/recorded/key")"
}

@test "a key that cannot be put into the keyring is said, and stops the mount" {
    script_program keyctl <<< 'exit 1'
    run_in_root "$key"
    expect_exit_code 1
    expect_contained 'there is no usable key in /etc/ceph/ceph.client.boot-desk4.keyring' "$complained"
}

@test "a key that would stay for ever is taken away again" {
    script_program keyctl <<< '[ "$1" != timeout ] || exit 1; echo 4711'
    run_in_root "$key"
    expect_exit_code 1
    expect_calls keyctl << 'CALLS'
keyctl padd ceph client.boot-desk4 @u
keyctl timeout 4711 120
keyctl unlink 4711 @u
CALLS
}

@test "without libceph the key has no type, and that is said" {
    script_program modprobe <<< 'exit 1'
    run_in_root "$key"
    expect_exit_code 1
    expect_contained 'the kernel module libceph cannot be loaded' "$complained"
}
