#!/usr/bin/env bats
# The script that the machine ends with: /shutdown in the root that was kept in memory.
# What load brings sets root, printed and complained (https://www.shellcheck.net/wiki/SC2154).
# shellcheck disable=SC2154

load ../../testing/scratch-root/shutdown-root

setup() {
    make_shutdown_root
}

@test "the old root is unmounted, then the image unmapped, then the power is off" {
    end_machine poweroff
    expect_calls umount dd poweroff << 'CALLS'
umount -l /oldroot
dd bs=4096 status=none of=/sys/bus/rbd/remove_single_major
poweroff -n -f
CALLS
    expect 'what was printed' 'rbdboot[unmap-images]: rbd/hosts/desk1 is unmapped' "$(< "$printed")"
    expect 'the error output' '' "$(< "$complained")"
    expect 'what the console shows' '' "$(< "$root/dev/tty0")"
}

@test "every image is unmapped, with a namespace or without" {
    add_mapped_image 12 pool '' data
    end_machine poweroff
    expect 'what was printed' 'rbdboot[unmap-images]: rbd/hosts/desk1 is unmapped
rbdboot[unmap-images]: pool/data is unmapped' "$(< "$printed")"
    expect 'the images that are left' '' "$(ls "$root/sys/bus/rbd/devices")"
}

@test "a machine ends as systemd was asked to, without waiting for what is not written" {
    end_machine halt
    expect_calls halt poweroff <<< 'halt -n -f'
    make_shutdown_root
    end_machine reboot
    expect_calls halt poweroff reboot <<< 'reboot -n -f'
}

@test "what cannot be done is done as a reboot" {
    local ending
    for ending in kexec exit ''; do
        make_shutdown_root
        end_machine "$ending"
        expect_calls halt poweroff reboot <<< 'reboot -n -f'
    done
}

@test "a reboot that fails is tried again" {
    script_program reboot << 'SCRIPT'
[ -e /recorded/tried ] && exit 0
: > /recorded/tried
exit 1
SCRIPT
    end_machine reboot
    expect_calls reboot << 'CALLS'
reboot -n -f
reboot -n -f
CALLS
}

@test "an image that is free a moment later, as under dm-crypt, is unmapped then" {
    : > "$root/sys/bus/rbd/devices/0/in-use"
    script_program sleep << 'SCRIPT'
case "$1" in
    60) exec /opt/busybox sleep 60 ;;
    0.1) /opt/busybox rm -f /sys/bus/rbd/devices/0/in-use ;;
esac
SCRIPT
    end_machine poweroff
    expect 'what was printed' 'rbdboot[unmap-images]: rbd/hosts/desk1 is unmapped' "$(< "$printed")"
    [ ! -e "$root/run/rbdboot/failure" ]
}

@test "RB242: an image that stays in use is said, with what still runs, and the power goes off" {
    : > "$root/sys/bus/rbd/devices/0/in-use"
    add_process 1 /usr/bin/busybox
    add_process 2
    add_process 417 /usr/sbin/qemu-nbd
    end_machine poweroff
    local console
    for console in tty0 ttyS0; do
        expect_contained 'rbdboot[unmap-images] RB242: in use when everything had ended: rbd/hosts/desk1; what still runs: qemu-nbd (417)' "$root/dev/$console"
        expect_contained 'image: rbd/hosts/desk1 as client.desks' "$root/dev/$console"
        expect_contained 'rbdboot: this machine goes on to poweroff in 10 seconds' "$root/dev/$console"
    done
    expect_calls sync poweroff << 'CALLS'
sync
poweroff -n -f
CALLS
    # 10 s in turns of a tenth of a second.
    expect 'the tries' 100 "$(calls dd | wc -l)"
}

@test "RB242: nothing that runs is nothing to name" {
    : > "$root/sys/bus/rbd/devices/0/in-use"
    end_machine reboot
    expect_contained 'RB242: in use when everything had ended: rbd/hosts/desk1; what still runs: no program' "$root/dev/tty0"
    expect_calls reboot <<< 'reboot -n -f'
}

@test "RB243: an unmount that never returns ends with the deadline" {
    script_program umount <<< 'exec /opt/busybox sleep 20'
    script_program sleep < /dev/null
    # As the kernel: whoever asks for it, the machine is off then.
    script_program poweroff <<< '/opt/busybox touch /recorded/off; exec /opt/busybox sleep 20'
    run_in_root sh -c '/opt/busybox sh /shutdown poweroff & turns=0
        until [ -e /recorded/off ] || [ "$turns" -gt 50 ]; do
            turns=$((turns + 1)); /opt/busybox sleep 0.1
        done'
    expect_contained 'rbdboot[deadline] RB243: the image was not released within 60 s' "$root/dev/ttyS0"
    expect_contained 'rbdboot: this machine goes on to poweroff in 10 seconds' "$root/dev/ttyS0"
    expect 'the calls' 'sleep 60
sleep 10
poweroff -n -f' "$(calls sleep poweroff | grep -v -x 'sleep 0.1')"
}

@test "an old root that is not there does not keep the image from being unmapped" {
    script_program umount <<< 'exit 1'
    end_machine poweroff
    expect 'what was printed' 'rbdboot[release-root]: /oldroot cannot be unmounted
rbdboot[unmap-images]: rbd/hosts/desk1 is unmapped' "$(< "$printed")"
}

@test "a running system that has the script too is not ended by it" {
    printf '4711 (shutdown) S 1 1 1\n' > "$root/proc/self/stat"
    end_machine poweroff
    expect_exit_code 1
    expect 'what was printed' 'rbdboot: this script ends the machine, and is for systemd alone' "$(< "$printed")"
    expect 'the calls' '' "$(calls)"
}

@test "mkinitramfs, which asks every script for its prerequisites, ends nothing" {
    end_machine prereqs
    expect_exit_code 0
    expect 'the calls' '' "$(calls)"
}
