# shellcheck shell=bash
# The root in memory that a machine ends in, as a scratch root: what systemd leaves there, and what
# must hold after each ending.

# What is scripted is for the shell of the scratch root (https://www.shellcheck.net/wiki/SC2016).
# shellcheck disable=SC2016

# shellcheck source=generator/testing/scratch-root/scratch-root.bash
source "$(dirname "${BASH_SOURCE[0]}")/scratch-root.bash"

# make_shutdown_root: the root that the example's host ends in. Its image is mapped, and goes when
# the script lets it go.
make_shutdown_root() {
    make_root build_shutdown_root
}

build_shutdown_root() {
    build_root cat dd dmesg grep halt mkdir poweroff readlink reboot sleep sync tail umount || return
    mkdir -p "$root"/{proc/self,run/rbdboot,sys/bus/rbd/devices,sys/class/tty/console}
    cp --preserve=mode "$prepared/hosts/desk1/etc/initramfs-tools/scripts/shutdown/rbdboot" \
        "$root/shutdown"
    printf '1 (shutdown) S 0 1 1\n' > "$root/proc/self/stat"
    printf '  image: rbd/hosts/desk1 as client.desks\n' > "$root/run/rbdboot/facts"
    : > "$root/dev/tty0"
    : > "$root/dev/ttyS0"
    printf 'tty0 ttyS0\n' > "$root/sys/class/tty/console/active"
    add_mapped_image 0 rbd hosts desk1

    local name
    for name in dmesg halt poweroff reboot sync umount; do
        script_program "$name" < /dev/null
    done
    # The minute of the deadline is a minute; every other wait is over at once.
    script_program sleep << 'SCRIPT'
case "$1" in
    60)
        exec /opt/busybox sleep 60
        ;;
esac
SCRIPT
    # The kernel lets go of an image, unless a test has put a file into its entry.
    script_program dd << 'SCRIPT'
number=$(/opt/busybox cat)
if [ -e "/sys/bus/rbd/devices/$number/in-use" ]; then
    echo 'dd: error writing: Device or resource busy' >&2
    exit 1
fi
/opt/busybox rm -r "/sys/bus/rbd/devices/$number"
SCRIPT
}

# add_mapped_image NUMBER POOL NAMESPACE IMAGE
add_mapped_image() {
    local entry=$root/sys/bus/rbd/devices/$1
    mkdir -p "$entry"
    printf '%s\n' "$2" > "$entry/pool"
    printf '%s\n' "$3" > "$entry/pool_ns"
    printf '%s\n' "$4" > "$entry/name"
}

# add_process NUMBER [PROGRAM]: a process; of the kernel, if it has no program.
add_process() {
    mkdir -p "$root/proc/$1"
    if [ "$#" -gt 1 ]; then
        ln -s "$2" "$root/proc/$1/exe"
    fi
}

# end_machine ENDING: runs the script as systemd does.
end_machine() {
    run_in_root /shutdown "$1" --log-level 6
}
