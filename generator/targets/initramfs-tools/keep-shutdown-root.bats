#!/usr/bin/env bats
# Step keep-shutdown-root: what is in /run/initramfs when the real system takes over.
# What load brings sets root, printed and complained (https://www.shellcheck.net/wiki/SC2154).
# shellcheck disable=SC2154

load ../../testing/scratch-root/initramfs

setup() {
    make_initramfs desk1
}

# expect_not_kept: the boot goes on, says so, and systemd finds nothing to return to.
expect_not_kept() {
    expect_exit_code 0
    expect_root /dev/rbd0
    expect_contained 'rbdboot[keep-shutdown-root]: /run/initramfs cannot be filled: at shutdown the image stays mapped' "$printed"
    [ ! -e "$root/run/initramfs/shutdown" ]
}

@test "busybox and its names, the libraries that it loads, and the script are in memory" {
    mkdir -p "$root/lib/x86_64" "$root/lib64"
    printf 'a library\n' > "$root/lib/x86_64/libc.so.6"
    printf 'the loader\n' > "$root/lib64/ld.so"
    script_program env << 'SCRIPT'
printf '\t%s\n' 'linux-vdso.so.1 (0x00007ffe)' 'libc.so.6 => /lib/x86_64/libc.so.6 (0x00007f1)' \
    '/lib64/ld.so (0x00007f2)'
SCRIPT
    boot
    expect_booted /dev/rbd0
    expect_calls env mount << 'CALLS'
env LD_TRACE_LOADED_OBJECTS=1 /bin/busybox --help
mount -o bind /run/initramfs /run/initramfs
mount -o remount,bind,exec,nosuid,nodev /run/initramfs
CALLS
    expect 'the files' 'bin -> usr/bin
lib/x86_64/libc.so.6
lib64/ld.so
shutdown
usr/bin/busybox' "$(cd "$root/run/initramfs" && find . \( -type f -printf '%P\n' -o -path ./bin -printf '%P -> %l\n' \) | sort)"
    cmp "$root/run/initramfs/shutdown" "$root/scripts/shutdown/rbdboot"
    [ -x "$root/run/initramfs/shutdown" ]
    expect 'the names of busybox' 'cat dd dmesg grep halt mkdir poweroff readlink reboot sh sleep sync tail umount' \
        "$(find "$root/run/initramfs/usr/bin" -lname busybox -printf '%P\n' | sort | paste -s -d ' ')"
}

@test "what the initramfs has left there stays" {
    printf 'clean\n' > "$root/run/initramfs/fsck.log"
    boot
    expect_booted /dev/rbd0
    expect 'the log of fsck' clean "$(< "$root/run/initramfs/fsck.log")"
}

@test "a busybox that lacks an applet is not kept" {
    script_program busybox << 'SCRIPT'
/opt/busybox --list | /opt/busybox grep -v -x umount
SCRIPT
    boot
    expect_not_kept
}

@test "without memory for it the machine boots all the same" {
    script_program cp <<< 'echo "cp: No space left on device" >&2; exit 1'
    boot
    expect_not_kept
}

@test "where the directory stays noexec, systemd is not led there" {
    script_program mount <<< 'exit 1'
    boot
    expect_not_kept
}
