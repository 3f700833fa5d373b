# shellcheck shell=bash
# A Debian system that makes an initrd, as a scratch root: what mkinitramfs calls a hook with.

# What is scripted is for the shell of the scratch root (https://www.shellcheck.net/wiki/SC2016).
# shellcheck disable=SC2016

# shellcheck source=generator/testing/scratch-root/scratch-root.bash
source "$(dirname "${BASH_SOURCE[0]}")/scratch-root.bash"

kernel=6.1.0-42-amd64
hook=/usr/share/initramfs-tools/hooks/rbdboot

# make_build_system HOST: the system that the host's initrd is made in. The hook succeeds until the
# test takes something away.
make_build_system() {
    make_root build_system_of "$1"
}

build_system_of() {
    build_root cmp copy_exec grep install manual_add_modules modprobe rm || return
    # Hooks run with the shell of the system, which is dash, not with that of an initramfs.
    copy_with_libraries dash bin/sh || return
    copy_with_libraries install opt/install || return
    copy_with_libraries grep opt/grep || return
    mkdir -p "$root"/{etc/ceph,usr/bin,usr/sbin,usr/lib/klibc/bin,usr/share/initramfs-tools/hooks}
    begin_initrd
    local files=$prepared/hosts/$1/etc
    cp --preserve=mode "$files/initramfs-tools/hooks/rbdboot" "$root$hook"
    cp "$files/ceph/ceph.client.desks.keyring" "$root/etc/ceph"
    printf 'the program keyctl\n' > "$root/usr/bin/keyctl"
    printf 'the program blkid\n' > "$root/usr/sbin/blkid"
    printf 'the program e2fsck\n' > "$root/usr/sbin/e2fsck"

    # Functions, as in initramfs-tools: the hook has them only if it sources this file.
    cat > "$root/usr/share/initramfs-tools/hook-functions" << 'SCRIPT'
manual_add_modules() {
    command manual_add_modules "$@"
}
copy_exec() {
    command copy_exec "$@"
}
SCRIPT
    script_program cmp <<< 'exec /opt/busybox cmp "$@"'
    script_program grep <<< 'exec /opt/grep "$@"'
    script_program rm <<< 'exec /opt/busybox rm "$@"'
    script_program install <<< 'exec /opt/install "$@"'
    script_program modprobe <<< 'echo "insmod /lib/modules/$3/$6.ko"'
    # As initramfs-tools does, it passes over what is not there.
    script_program manual_add_modules < /dev/null
    script_program copy_exec << 'SCRIPT'
[ -f "$1" ] || exit 1
# It writes over nothing (initramfs-tools 0.142, hook-functions, copy_file).
[ -e "/destdir${2:-$1}" ] || /opt/install -D "$1" "/destdir${2:-$1}"
SCRIPT
}

# begin_initrd: the tree of an initrd as the hooks of other packages leave it on Debian 12: busybox
# with a link for each applet, and the programs of klibc, kmod and udev.
begin_initrd() (
    trap - DEBUG
    mkdir -p "$root"/destdir/{bin,sbin}
    # shellcheck disable=SC2013
    for name in $(< "$scratch_root_sources/../releases/debian-12.applets") \
        blkid busybox ipconfig modprobe udevadm; do
        printf 'the program %s of the initrd\n' "$name" > "$root/destdir/bin/$name"
    done
    chmod 0755 "$root"/destdir/bin/*
    printf "klibc's ipconfig\n" > "$root/usr/lib/klibc/bin/ipconfig"
)

# put_into_initrd PATH TEXT: a program of the initrd, which is nothing but this text.
put_into_initrd() {
    printf '%s\n' "$2" > "$root/destdir/$1"
    chmod 0755 "$root/destdir/$1"
}

# program_of_system PATH TEXT: a program of the system that makes the initrd.
program_of_system() {
    mkdir -p "$root/${1%/*}"
    printf '%s\n' "$2" > "$root/$1"
    chmod 0755 "$root/$1"
}

# copy_with_libraries PROGRAM FILE: the program of this machine is the file of the scratch root.
copy_with_libraries() {
    local library
    cp --remove-destination "$(type -P "$1")" "$root/$2"
    # The files that it is linked with, at the paths where it looks for them.
    for library in $(ldd "$root/$2" | grep -o '/[^ ]*'); do
        mkdir -p "$root${library%/*}"
        cp --dereference "$library" "$root$library"
    done
}

# run_hook [VARIABLE=VALUE...]: runs the hook as mkinitramfs does, with what that exports.
run_hook() {
    run_in_root version="$kernel" DESTDIR=/destdir verbose=n MODULES=list BUSYBOX=y "$@" "$hook"
}

# expect_stopped MESSAGE: the hook has stopped mkinitramfs, and this is all that it says.
expect_stopped() {
    expect_exit_code 1 || return
    expect 'the error output' "rbdboot: $1" "$(< "$complained")" || return
    expect 'what was printed' '' "$(< "$printed")"
}

# added_files: the files that the hook has put into the initrd, with their modes.
added_files() {
    (cd "$root/destdir" && find . -path ./bin -prune -o -path ./sbin -prune \
        -o -type f -printf '%m %P\n' | sort -k 2)
}
