# shellcheck shell=bash
# The initramfs of a diskless machine as a scratch root: what its boot script finds there, and what
# must hold after each boot, whatever it is a test of.

# shellcheck source=generator/testing/scratch-root/scratch-root.bash
source "$(dirname "${BASH_SOURCE[0]}")/scratch-root.bash"

fsid=7b0c5c1e-6f0f-4a5e-9f55-0d4c3b1a2e90
handed_over='rbdboot.address=10.77.0.21/255.255.255.0 rbdboot.gateway=10.77.0.1'
map_target=/sys/bus/rbd/add_single_major

# make_initramfs HOST: the initramfs of the host. A boot in it succeeds until the test takes
# something away: the NIC, the mapped image and its node are there, the boot loader hands an address
# over. The example's host is desk1; the host called fleet is told at boot that it is desk1.
make_initramfs() {
    make_root build_initramfs "$1" || return
    # What comes after the last "key = " is the key.
    secret=$(< "$root/etc/ceph/ceph.client.desks.keyring")
    secret=${secret##*key = }
}

build_initramfs() {
    build_root base64 blkid busybox cat cp cryptsetup dd dmesg e2fsck env grep halt head ip ipconfig keyctl ln mkdir modprobe mount \
        reboot sed sleep stty tail tr udevadm || return
    borrow_block_device || return
    mkdir -p "$root"/{conf,etc/ceph,proc,run/initramfs,scripts/{local-top,shutdown}} \
        "$root"/sys/{bus/rbd/devices,class/{net,tty/console}}
    local files=$prepared/hosts/$1/etc
    cp --preserve=mode "$files/initramfs-tools/scripts/local-top/rbdboot" "$root/scripts/local-top"
    cp --preserve=mode "$files/initramfs-tools/scripts/shutdown/rbdboot" "$root/scripts/shutdown"
    if [ -e "$files/initramfs-tools/scripts/local-bottom/rbdboot" ]; then
        mkdir -p "$root/scripts/local-bottom"
        cp --preserve=mode "$files/initramfs-tools/scripts/local-bottom/rbdboot" \
            "$root/scripts/local-bottom"
    fi
    cp --preserve=mode "$files/ceph/ceph.client.desks.keyring" "$root/etc/ceph"

    script_programs_of_initramfs
    command_line "initrd=initrd.img rw panic=60 $handed_over console=ttyS0,115200"
    : > "$root$map_target"
    : > "$root/recorded/kernel-log"
    printf '75.31 60.02\n' > "$root/proc/uptime"
    # What earlier scripts of the initramfs left there.
    printf 'IP=none\n' > "$root/conf/param.conf"
    : > "$root/dev/tty0"
    : > "$root/dev/ttyS0"
    printf 'tty0 ttyS0\n' > "$root/sys/class/tty/console/active"

    : > "$root/recorded/contents"
    add_virtual_nic lo 00:00:00:00:00:00
    case $1 in
        desk1)
            add_nic enp0s2 52:54:00:12:34:01
            add_rbd_device 0 rbd hosts desk1
            ;;
        desk2)
            add_nic enp0s2 52:54:00:ab:cd:ef
            add_rbd_device 0 rbd '' desk2
            ;;
        desk3)
            add_nic enp0s2 52:54:00:12:34:03
            add_rbd_device 0 rbd hosts desk3
            ;;
        static4)
            add_nic enp0s2 52:54:00:12:34:11
            add_rbd_device 0 rbd rack static4
            ;;
        static6)
            add_nic enp0s2 52:54:00:12:34:12
            add_rbd_device 0 rbd rack static6
            ;;
        bonded)
            add_nic enp0s2 52:54:00:12:34:13
            add_nic enp0s3 52:54:00:12:34:14
            add_rbd_device 0 rbd rack bonded
            ;;
        rack)
            add_nic enp0s2 52:54:00:12:34:13
            add_nic enp0s3 52:54:00:12:34:14
            add_rbd_device 0 rbd rack desk
            ;;
        goldens)
            add_nic enp0s2 52:54:00:12:34:21
            add_rbd_device 0 rbd hosts golden v1
            host_archive rbdboot.mac=52:54:00:12:34:21 rbdboot.image=rbd/hosts/golden@v1 \
                rbdboot.client=desks
            ;;
        disks)
            add_nic enp0s2 52:54:00:12:34:31
            add_disk disk
            ;;
        partition)
            add_nic enp0s2 "$(mac_of partition)"
            add_disk disk
            ;;
        labelled)
            add_nic enp0s2 "$(mac_of labelled)"
            add_disk labelled
            ;;
        golden)
            add_nic enp0s2 "$(mac_of golden)"
            add_rbd_device 0 rbd hosts golden v1
            ;;
        kiosk)
            add_nic enp0s2 "$(mac_of kiosk)"
            add_rbd_device 0 rbd '' golden v1
            put_on /dev/rbd0 TYPE=xfs
            ;;
        typed | keyed | tabled)
            add_nic enp0s2 "$(mac_of "$1")"
            add_rbd_device 0 rbd hosts "$1"
            make_container
            ;;
        forced | unchecked | xfs)
            add_nic enp0s2 "$(mac_of "$1")"
            add_rbd_device 0 rbd hosts "$1"
            ;;
        fleet | older)
            add_nic enp0s2 52:54:00:12:34:01
            add_rbd_device 0 rbd hosts desk1
            # The keyring comes with the rest; the kernel unpacks the one initrd over the other.
            rm "$root/etc/ceph/ceph.client.desks.keyring"
            (cd "$root" && opt/busybox cpio -i -d -u < "$prepared/hosts/$1/host.cpio") || return
            ;;
    esac
}

# add_disk IMAGE: a mapped image with two partitions, and disks of the machine with the same tags.
add_disk() {
    add_rbd_device 0 rbd hosts "$1"
    put_on /dev/rbd0 PTTYPE=gpt
    add_partition /dev/rbd0 1 TYPE=vfat LABEL=ESP PARTUUID=11-01
    add_partition /dev/rbd0 2 TYPE=ext4 LABEL=root UUID=aa-bb PARTUUID=11-02
    add_partition /dev/rbd01 1 TYPE=ext4 LABEL=root UUID=aa-bb PARTUUID=11-02
    ln -s block-device "$root/dev/vda"
    put_on /dev/vda TYPE=ext4 LABEL=root UUID=aa-bb
}

# A LUKS container on the mapped image, which opens with what is in recorded/opens.
make_container() {
    put_on /dev/rbd0 TYPE=crypto_LUKS VERSION=2
    mkdir -p "$root/dev/mapper" "$root/etc/rbdboot" "$root/cryptroot"
    printf 'right' > "$root/recorded/opens"
    printf 'right' | base64 > "$root/etc/rbdboot/luks-key"
    printf 'root UUID=1 none luks,initramfs\n' > "$root/cryptroot/crypttab"
    # As cryptsetup does: without a key file, a line is the passphrase.
    script_program cryptsetup << 'SCRIPT'
case "$*" in
    *--key-file*) /opt/busybox cat > /recorded/given ;;
    *) IFS= read -r given && printf %s "$given" > /recorded/given ;;
esac
if ! [ -s /recorded/given ]; then
    echo 'Nothing to read on input.' >&2
    exit 1
elif ! /opt/busybox cmp -s /recorded/given /recorded/opens; then
    echo 'No key available with this passphrase.' >&2
    exit 2
fi
/opt/busybox ln -s ../block-device /dev/mapper/root
SCRIPT
    put_on /dev/mapper/root TYPE=ext4
}

# mac_of HOST: the address that the boot script of the host looks for.
mac_of() {
    sed -n 's/.*PermanentMACAddress=\([0-9a-f:]*\).*/\1/p' \
        "$prepared/hosts/$1/etc/initramfs-tools/scripts/local-top/rbdboot"
}

script_programs_of_initramfs() {
    local name
    for name in e2fsck halt modprobe mount reboot sleep stty udevadm; do
        script_program "$name" < /dev/null
    done
    # The kernel makes the interface with its files.
    script_program ip << 'SCRIPT'
case "$*" in
    'link add name root-bond '*)
        /opt/busybox mkdir -p /sys/class/net/root-bond/bonding
        echo 1 > /sys/class/net/root-bond/carrier
        ;;
    'link set '*' master '*)
        : > "/sys/class/net/$5/lower_$3"
        ;;
    'link add link '*)
        /opt/busybox mkdir -p "/sys/class/net/$6"
        : > "/sys/class/net/$6/lower_$4"
        ;;
esac
SCRIPT
    script_program dmesg << 'SCRIPT'
/opt/busybox cat /recorded/kernel-log
SCRIPT
    # What is on the devices: a line each, with the tags that blkid finds.
    script_program blkid << 'SCRIPT'
for device; do :; done
line=$(/opt/busybox grep "^$device " /recorded/contents) || exit 2
tags=${line#* }
case "$1 $3" in
    '-p value')
        for tag in $tags; do
            if [ "${tag%%=*}" = "$5" ]; then
                printf '%s\n' "${tag#*=}"
                exit
            fi
        done
        exit 2
        ;;
    '-c -t')
        for tag in $tags; do
            if [ "$tag" = "$4" ]; then
                exit
            fi
        done
        exit 2
        ;;
    *)
        printf '%s: %s\n' "$device" "$tags"
        ;;
esac
SCRIPT
    # klibc's ipconfig leaves the lease there.
    script_program ipconfig << 'SCRIPT'
printf "IPV4ADDR='10.77.0.99'\n" > /run/net-enp0s2.conf
SCRIPT
    # The kernel takes no empty key of type ceph; padd prints the serial number of a new key.
    script_program keyctl << 'SCRIPT'
case "$1" in
    padd)
        /opt/busybox cat > /recorded/key
        if [ -s /recorded/key ]; then
            echo 718281828
        else
            echo 'add_key: Invalid argument' >&2
            exit 1
        fi
        ;;
esac
SCRIPT
}

command_line() {
    printf '%s\n' "$1" > "$root/proc/cmdline"
}

# host_archive PARAMETER...: what the second initrd, which is the host's own, hands over instead.
host_archive() {
    mkdir -p "$root/etc/rbdboot"
    printf '%s\n' "$*" > "$root/etc/rbdboot/host"
}

# add_nic NAME MAC: a NIC with its cable in.
add_nic() {
    add_virtual_nic "$1" "$2"
    mkdir -p "$root/sys/class/net/$1/device"
}

# add_virtual_nic NAME MAC: what has no hardware of its own, as a bond has not.
add_virtual_nic() {
    mkdir -p "$root/sys/class/net/$1"
    printf '%s\n' "$2" > "$root/sys/class/net/$1/address"
    printf '1\n' > "$root/sys/class/net/$1/carrier"
    mkdir -p "$root/proc/sys/net/ipv6/conf/$1"
    printf '1\n' > "$root/proc/sys/net/ipv6/conf/$1/autoconf"
}

# add_rbd_device NUMBER POOL NAMESPACE IMAGE [SNAPSHOT]: a mapped image and its device node.
add_rbd_device() {
    local entry=$root/sys/bus/rbd/devices/$1
    mkdir -p "$entry"
    printf '%s\n' "$2" > "$entry/pool"
    # As the kernel does: an empty line where there is no namespace.
    printf '%s\n' "$3" > "$entry/pool_ns"
    printf '%s\n' "$4" > "$entry/name"
    printf '%s\n' "${5:--}" > "$entry/current_snap"
    printf '%s\n' "$fsid" > "$entry/cluster_fsid"
    ln -s block-device "$root/dev/rbd$1"
    requests_of "rbd$1" 0 11 0
    put_on "/dev/rbd$1" TYPE=ext4
}

# requests_of DISK IN-FLIGHT READ WRITTEN: what sysfs says of the requests to a disk, with as many of
# them in flight, and as many reads and writes done.
requests_of() {
    mkdir -p "$root/sys/block/$1"
    # As the kernel does (part_stat_show in block/genhd.c).
    printf '%8u %8u %8u %8u %8u %8u %8u %8u %8u %8u %8u %8u %8u %8u %8u %8u %8u\n' \
        "$3" 2 2816 120 "$4" 1 64 9 "$2" 130 129 0 0 0 0 0 0 > "$root/sys/block/$1/stat"
}

# put_on DEVICE [TAG=VALUE...]: what blkid finds on it from now on; nothing without tags.
put_on() {
    sed -i "\\|^$1 |d" "$root/recorded/contents"
    if [ "$#" -gt 1 ]; then
        printf '%s\n' "$*" >> "$root/recorded/contents"
    fi
}

# add_partition DEVICE NUMBER [TAG=VALUE...]: a partition of it with its device node.
add_partition() {
    ln -s block-device "$root$1p$2"
    put_on "$1p$2" "${@:3}"
}

# kernel_says LINE...: what dmesg prints.
kernel_says() {
    printf '%s\n' "$@" >> "$root/recorded/kernel-log"
}

# refuse_map ERROR [KERNEL-LINE...]: the write that maps the image fails with this error, in the
# words of busybox's dd, and the kernel logs these lines.
refuse_map() {
    {
        printf '/opt/busybox cat > %s\n' "$map_target"
        printf "echo 'dd: error writing '\\\\''%s'\\\\'': %s' >&2\n" "$map_target" "$1"
        printf 'exit 1\n'
    } > "$root/scripted/dd"
    shift
    if [ "$#" -gt 0 ]; then
        kernel_says "$@"
    fi
}

# boot [VARIABLE=VALUE...]: runs the boot script as init does, with what init exports.
boot() {
    parameters_before=$(< "$root/conf/param.conf")
    run_in_root quiet=n readonly=n panic=60 rootmnt=/root "$@" /scripts/local-top/rbdboot
    expect_secret_kept
}

# after_root: runs the script for the time after the root is mounted, as init does.
after_root() {
    run_in_root quiet=n readonly=y rootmnt=/root panic=60 /scripts/local-bottom/rbdboot
}

# Boots again in the same initramfs, as if for the first time.
forget_boot() {
    rm -rf "$root/run/rbdboot" "$root/run/initramfs"
    : > "$root/recorded/calls"
    : > "$root$map_target"
    printf '%s\n' "$parameters_before" > "$root/conf/param.conf"
}

# The key is nowhere but in its keyring and in what keyctl read: in no argument of a program, on no
# console, in no file that the running system sees, not in the line that maps.
expect_secret_kept() (
    trap - DEBUG
    local found
    found=$(cd "$root" && grep --recursive --text --files-with-matches --fixed-strings \
        --exclude-dir=bin --exclude-dir=opt \
        -e "$secret" -e 'secret of a test' . "$printed" "$complained") || return 0
    found=$(printf '%s\n' "$found" \
        | grep -v -x -e './etc/ceph/ceph\.client\..*\.keyring' -e ./recorded/key) || return 0
    printf 'the key can be read in: %s\n' "$found"
    return 1
)

# The root that the initramfs was told to mount, last of all, and not to check again.
expect_root() {
    expect 'param.conf' "$parameters_before
ROOT=$1
ROOTFSTYPE=ext4
fastboot=y
IP=none" "$(< "$root/conf/param.conf")"
}

# expect_booted DEVICE: the script went through to its end, in silence on the error output.
expect_booted() (
    trap - DEBUG
    expect_exit_code 0 || return
    expect 'the error output' '' "$(< "$complained")" || return
    expect_root "$1" || return
    expect 'the calls of reboot' '' "$(calls reboot)" || return
    expect 'what is left in /run/rbdboot' facts "$(ls --ignore=e2fsck "$root/run/rbdboot")"
)

# expect_failure CODE STEP WHAT CURE: the boot ended there. Each console shows the report and the
# report is whole; the machine reboots once, after the time to read it, and nothing comes after
# that; what to mount was not decided.
# WHAT is the whole sentence. CURE is a part of what to do: the part that the person will type.
expect_failure() (
    trap - DEBUG
    local report=$root/run/rbdboot/failure facts=$root/run/rbdboot/facts console
    if ! [ -s "$report" ]; then
        echo 'there is no report of a failure; what was printed:'
        cat "$printed" "$complained"
        return 1
    fi
    expect_exit_code 1 || return
    local -a lines
    mapfile -t lines < "$report"
    expect 'the report begins with' $'\n'"rbdboot[$2] $1: $3" "${lines[0]}"$'\n'"${lines[1]}" \
        || return
    case "${lines[2]}" in
        '  to do: '*"$4"*) ;;
        *)
            printf 'the third line is not what to do, with "%s" in it:\n' "$4"
            cat "$report"
            return 1
            ;;
    esac
    expect 'the report goes on with' "$(
        if [ -e "$facts" ]; then
            cat "$facts"
        fi
        echo '  time: 75.31 s after the start of the kernel'
        grep -E '(libceph|rbd): [^ ]' "$root/recorded/kernel-log" | tail -n 5
        echo 'rbdboot: this machine reboots in 60 seconds'
    )" "$(printf '%s\n' "${lines[@]:3}")" || return
    for console in tty0 ttyS0; do
        expect "what $console shows" "$(< "$report")" "$(< "$root/dev/$console")" || return
    done
    mapfile -t lines < <(calls)
    expect 'what comes last' 'sleep 60 reboot -f' "${lines[*]: -2}" || return
    expect_calls reboot <<< 'reboot -f' || return
    expect 'param.conf' "$parameters_before" "$(< "$root/conf/param.conf")"
)

# expect_shown, with what each console shows on standard input: nothing besides, but what to do.
expect_shown() (
    trap - DEBUG
    local expected console
    expected=$(cat)
    for console in tty0 ttyS0; do
        expect "what $console shows" "$expected" "$(grep -v '^  to do: ' "$root/dev/$console")" \
            || return
    done
)

# expect_facts, with the facts on standard input that the report shows, in their order.
expect_facts() {
    expect 'the facts' "$(sed 's/^/  /')" "$(cat "$root/run/rbdboot/facts")"
}
