#!/usr/bin/env bats
# What load brings sets root, printed and complained (https://www.shellcheck.net/wiki/SC2154).
# shellcheck disable=SC2154

load ../../testing/scratch-root/initramfs

setup() {
    make_initramfs desk1
}

@test "a boot goes from kernel modules to the root that is handed over" {
    boot
    expect_booted /dev/rbd0
    expect_calls modprobe ip ipconfig keyctl dd sleep dmesg reboot << 'CALLS'
modprobe virtio_pci
modprobe virtio_net
modprobe rbd
modprobe ext4
ip link set enp0s2 up
ip addr add 10.77.0.21/255.255.255.0 dev enp0s2
ip route add default via 10.77.0.1 dev enp0s2
keyctl padd ceph client.desks @u
dd bs=4096 status=none of=/sys/bus/rbd/add_single_major
keyctl unlink 718281828 @u
CALLS
}

@test "each step says what it did" {
    boot
    expect 'what was printed' "$(
        cat << 'TEXT'
rbdboot[load-modules]: loading virtio_pci, virtio_net, rbd, ext4
rbdboot[network]: enp0s2 has 10.77.0.21/255.255.255.0, handed over by the boot loader
rbdboot[map-image]: mapping rbd/hosts/desk1 as client.desks; after a power cut the old lock may take 30 s to go
rbdboot[map-image]: rbd/hosts/desk1 is /dev/rbd0
rbdboot[check-root]: e2fsck -p /dev/rbd0
rbdboot[mount-root]: root is /dev/rbd0, ext4
TEXT
    )" "$(cat "$printed")"
}

@test "with quiet on the kernel command line a boot says nothing" {
    boot quiet=y
    expect_booted /dev/rbd0
    expect 'what was printed' '' "$(cat "$printed")"
}

@test "a failure is shown in full with quiet on the kernel command line" {
    refuse_map 'Connection timed out'
    boot quiet=y
    expect 'what was printed' '' "$(cat "$printed")"
    expect_failure RB205 map-image 'no monitor answered: 10.77.0.10:6789' 'monitors run'
}

@test "the running system finds what the boot found out in /run/rbdboot/facts" {
    boot
    expect_facts << 'FACTS'
nic: enp0s2 52:54:00:12:34:01
address: 10.77.0.21/255.255.255.0 on enp0s2, gateway 10.77.0.1
image: rbd/hosts/desk1 as client.desks
monitors: 10.77.0.10:6789
device: /dev/rbd0
FACTS
}

@test "a boot that succeeds leaves the consoles to others" {
    boot
    expect 'what tty0 shows' '' "$(cat "$root/dev/tty0")"
    expect 'what ttyS0 shows' '' "$(cat "$root/dev/ttyS0")"
}

@test "asked for its prerequisites, the script names none and does nothing" {
    run_in_root /scripts/local-top/rbdboot prereqs
    expect_exit_code 0
    expect 'what was printed' '' "$(cat "$printed" "$complained")"
    expect 'the calls' '' "$(calls)"
    expect 'param.conf' IP=none "$(cat "$root/conf/param.conf")"
    [ ! -e "$root/run/rbdboot" ]
}

@test "variables of the same names in the environment do not reach the steps" {
    boot interface=eth9 device=/dev/sda key=1 refusal=yes PREREQ=evil
    expect_booted /dev/rbd0
}

@test "a failure before anything was found out is reported too" {
    script_program modprobe <<< 'exit 1'
    boot
    expect_failure RB201 load-modules 'the kernel module virtio_pci could not be loaded' \
        'update-initramfs -u'
    [ ! -e "$root/run/rbdboot/facts" ]
    expect 'the error output' '' "$(cat "$complained")"
}

@test "a report shows the last five lines that the kernel has logged of libceph and rbd" {
    kernel_says 'libceph: one' 'virtio_net virtio0 enp0s2: renamed' 'rbd: two' 'rbd: three' \
        'libceph: four' 'EXT4-fs (vda1): mounted' 'rbd: five' 'libceph: six'
    refuse_map 'No such file or directory'
    boot
    expect_failure RB206 map-image \
        'there is no image rbd/hosts/desk1, or its pool or namespace does not exist' 'rbd ls'
    expect 'the lines of the kernel' 'rbd: two
rbd: three
libceph: four
rbd: five
libceph: six' "$(sed -n '/^rbd: two/,/^libceph: six/p' "$root/dev/tty0")"
}

@test "without a list of consoles the report goes to /dev/console" {
    rm "$root/sys/class/tty/console/active"
    rm "$root/dev/tty0" "$root/dev/ttyS0"
    : > "$root/dev/console"
    rm -r "$root/sys/class/net/enp0s2"
    boot
    expect_exit_code 1
    expect 'what the console shows' "$(cat "$root/run/rbdboot/failure")" "$(cat "$root/dev/console")"
    expect_contained 'rbdboot[network] RB202: ' "$root/dev/console"
    expect_calls reboot <<< 'reboot -f'
}

@test "a console that cannot be written does not keep the others from showing the report" {
    rm "$root/dev/tty0"
    mkdir "$root/dev/tty0"
    rm -r "$root/sys/class/net/enp0s2"
    boot
    expect_contained 'rbdboot[network] RB202: ' "$root/dev/ttyS0"
    expect_calls reboot <<< 'reboot -f'
}

@test "without a place for the report the machine still says what failed, and reboots" {
    : > "$root/run/rbdboot"
    refuse_map 'Connection timed out'
    boot
    expect_exit_code 1
    expect_contained 'rbdboot[map-image] RB205: no monitor answered: 10.77.0.10:6789' "$printed"
    expect_calls sleep reboot << 'CALLS'
sleep 60
reboot -f
CALLS
}

@test "without a place for its facts a boot succeeds" {
    : > "$root/run/rbdboot"
    boot
    expect_exit_code 0
    expect_root /dev/rbd0
}

@test "a reboot that fails is tried again after a minute" {
    script_program reboot << 'SCRIPT'
[ -e /recorded/tried ] && exit 0
: > /recorded/tried
exit 1
SCRIPT
    script_program modprobe <<< 'exit 1'
    boot
    expect_exit_code 1
    expect_calls sleep reboot << 'CALLS'
sleep 60
reboot -f
sleep 60
reboot -f
CALLS
}

@test "panic= with other seconds: the machine reboots after these" {
    refuse_map 'Connection timed out'
    boot panic=7
    expect_exit_code 1
    expect_contained 'rbdboot: this machine reboots in 7 seconds' "$root/dev/ttyS0"
    expect_calls sleep halt reboot << 'CALLS'
sleep 7
reboot -f
CALLS
}

@test "panic=-1: the machine reboots at once, as the kernel would" {
    refuse_map 'Connection timed out'
    boot panic=-1
    expect_exit_code 1
    expect_contained 'rbdboot: this machine reboots at once' "$root/dev/ttyS0"
    expect_calls sleep halt reboot <<< 'reboot -f'
}

# A halt that succeeds does not come back on a machine; here it does.
@test "panic=0, or what is no number: the machine halts, and tries that again until it does" {
    script_program halt << 'SCRIPT'
[ -e /recorded/tried ] && exit 0
: > /recorded/tried
exit 1
SCRIPT
    refuse_map 'Connection timed out'
    local value
    for value in 0 never 5s '1;reboot' '$(reboot)' '-x'; do
        boot panic="$value"
        expect_contained 'rbdboot: this machine halts' "$root/dev/ttyS0" || return
        expect_calls sleep halt reboot << 'CALLS' || return
halt -f
sleep 60
halt -f
reboot -f
CALLS
        rm "$root/recorded/tried"
        forget_boot
    done
}

@test "panic= with nothing behind it: the initramfs opens its shell, and what follows is a reboot" {
    cat > "$root/scripts/functions" << 'SCRIPT'
panic() {
    printf 'panic in a shell with panic=%s:%s\n' "$panic" "$*"
}
SCRIPT
    refuse_map 'Connection timed out'
    boot panic=
    expect_exit_code 1
    expect_contained 'rbdboot: a root shell follows, as panic= asks for; "exit" reboots this machine' \
        "$root/dev/ttyS0"
    expect_contained 'panic in a shell with panic=:' "$printed"
    expect_calls sleep halt reboot <<< 'reboot -f'
}

@test "no shell is opened with any other policy" {
    cat > "$root/scripts/functions" << 'SCRIPT'
panic() {
    : > /recorded/shell
}
SCRIPT
    refuse_map 'Connection timed out'
    boot panic=60
    boot panic=-1
    [ ! -e "$root/recorded/shell" ]
    boot panic=
    [ -e "$root/recorded/shell" ]
}
