#!/usr/bin/env bats
# A map that takes long: what the machine says meanwhile, and that nothing of it stays.
# What load brings sets root, printed and complained (https://www.shellcheck.net/wiki/SC2154).
# What is scripted is for the shell of the scratch root (https://www.shellcheck.net/wiki/SC2016).
# shellcheck disable=SC2154,SC2016

load ../../testing/scratch-root/initramfs

# What the kernel says of a client when it has all that the monitors tell.
answered='libceph: client4132 fsid 7b0c5c1e-6f0f-4a5e-9f55-0d4c3b1a2e90'
full='libceph: pool 1 is full or reached quota'
mapped='rbd: rbd0: capacity 1073741824 features 0x5'
no_osd='rbdboot[map-image] RB245: the monitors answer, and the OSDs that have to do not: the map of rbd/hosts/desk1 waits, and goes on as soon as they do'
no_room='rbdboot[map-image] RB244: the pool rbd is full, by itself or with the whole cluster: the map of rbd/hosts/desk1 waits, and goes on as soon as there is room'

# long_map SECONDS: the write that maps returns when as many have gone by beside it; a second that says
# so takes a hundredth of one, and the one after those is still there when it does.
long_map() {
    : > "$root/recorded/takes-long"
    : > "$root/recorded/slept"
    script_program sleep << SCRIPT
if [ "\$1" = 1 ]; then
    if [ "\$(/opt/busybox wc -l < /recorded/slept)" -ge "$1" ]; then
        : > /recorded/over
        exec /opt/busybox sleep 20
    fi
    /opt/busybox sleep 0.01
    echo >> /recorded/slept
fi
SCRIPT
    script_program dd << SCRIPT
/opt/busybox cat > $map_target
until [ -e /recorded/over ]; do
    /opt/busybox sleep 0.05
done
SCRIPT
}

# note_processes: has each sleep note its parent, which is what runs beside the map.
note_processes() {
    # Who has none any more was left by one that is gone.
    sed -i '1i [ "$PPID" -eq 1 ] || echo "$PPID" >> /recorded/processes' "$root/scripted/sleep"
}

# look='...' in the shell of the scratch root: which of the processes that were noted are there still.
look='for process in $(/opt/busybox cat /recorded/processes); do
    if kill -0 "$process" 2> /dev/null; then
        echo "$process" >> /recorded/left
    fi
done'

# boot_and_look: boots, and looks at once what is left of the processes beside the map: nothing.
boot_and_look() {
    note_processes
    : > "$root/recorded/left"
    run_in_root quiet=n readonly=n panic=60 rootmnt=/root sh -c "/scripts/local-top/rbdboot
        code=\$?
        $look
        exit \"\$code\""
    expect 'the processes that are left' '' "$(< "$root/recorded/left")" || return
    [ -s "$root/recorded/processes" ]
}

setup() {
    make_initramfs desk1
}

@test "of a map that does not take long nothing is said, and nothing stays" {
    kernel_says "$answered" "$full"
    # It returns when the sleep beside it has begun.
    long_map 0
    boot_and_look
    expect_exit_code 0
    expect 'the error output' '' "$(< "$complained")"
    expect_shown < /dev/null
}

@test "nor where the map returns before anything beside it has begun" {
    kernel_says "$answered"
    local start=$SECONDS
    boot
    expect_booted /dev/rbd0
    expect_shown < /dev/null
    [ "$((SECONDS - start))" -lt 20 ]
}

@test "RB245: after 25 s each console shows that no OSD answers, and the boot goes on when one does" {
    kernel_says "$answered"
    long_map 25
    boot
    expect_booted /dev/rbd0
    expect_shown << SHOWN

$no_osd
SHOWN
    expect_contained '  to do: "ceph health detail" tells which OSDs are down' "$root/dev/ttyS0"
}

@test "it says so again each minute" {
    kernel_says "$answered"
    long_map 145
    boot
    expect_booted /dev/rbd0
    expect_shown << SHOWN

$no_osd

$no_osd

$no_osd
SHOWN
}

@test "quiet or not: who waits for a machine wants to know" {
    kernel_says "$answered"
    long_map 25
    boot quiet=y
    expect_booted /dev/rbd0
    expect_contained RB245 "$root/dev/tty0"
}

@test "what says so is gone when the map is done, in the middle of its sleep, which ends in a second" {
    kernel_says "$answered"
    long_map 25
    boot_and_look
    expect_exit_code 0
    expect 'the sleeps' 'sleep 1' "$(calls sleep | sort -u)"
}

@test "it is gone too when the kernel refuses the map in the end" {
    kernel_says "$answered"
    long_map 25
    {
        echo "echo 'dd: error writing: Connection timed out' >&2"
        echo 'exit 1'
    } >> "$root/scripted/dd"
    boot_and_look
    expect_exit_code 1
    expect_contained 'rbdboot[map-image] RB205' "$root/dev/ttyS0"
}

@test "it holds neither the console nor a pipe open" {
    kernel_says "$answered"
    long_map 25
    # What it runs has its output and its errors.
    sed -i '1i echo heard; echo heard >&2; case "$(/opt/busybox cat)" in ?*) echo read >> /recorded/read ;; esac' \
        "$root/scripted/sleep"
    boot
    expect_booted /dev/rbd0
    expect 'what it is heard to say' '' "$(grep heard "$printed")"
    [ ! -e "$root/recorded/read" ]
}

@test "RB244: a pool that is full is told from OSDs that are gone, by what the kernel says" {
    local told
    for told in "$full" 'libceph: cluster is full (osdmap FULL)' 'libceph: FULL or reached pool quota'; do
        kernel_says "$answered" "$told"
        long_map 25
        boot
        expect_booted /dev/rbd0
        expect_shown << SHOWN

$no_room
SHOWN
        expect_contained '"ceph health detail" and "ceph osd df" tell what is full, "ceph osd pool get-quota rbd"' \
            "$root/dev/ttyS0"
        forget_boot
        rm "$root/recorded/over"
        : > "$root/recorded/kernel-log"
        : > "$root/dev/tty0"
        : > "$root/dev/ttyS0"
    done
}

@test "what was said of the map before is not said of this one" {
    kernel_says "$answered" "$full" "$mapped" "$answered"
    long_map 25
    boot
    expect_booted /dev/rbd0
    expect_shown << SHOWN

$no_osd
SHOWN
}

@test "a lock that nobody answers for is said to be waited for, with the time that it may take" {
    local told
    for told in 'rbd: rbd0: no lock owners detected' \
        'libceph:  decode_locker client4001 cookie auto 1 addr (1)10.77.0.9:0' \
        'rbd: rbd0: breaking header lock owned by client4001'; do
        kernel_says "$answered" "$told"
        long_map 25
        boot
        expect_booted /dev/rbd0
        expect_shown <<< 'rbdboot[map-image]: still waiting for the lock of rbd/hosts/desk1, which another client has: "rbd status rbd/hosts/desk1" lists who; given up after 90 s'
        forget_boot
        rm "$root/recorded/over"
        : > "$root/recorded/kernel-log"
        : > "$root/dev/tty0"
        : > "$root/dev/ttyS0"
    done
}

@test "monitors that do not answer are named, with the time that they have" {
    kernel_says 'libceph: mon0 (1)10.77.0.10:6789 socket error on write'
    long_map 25
    boot
    expect_booted /dev/rbd0
    expect_shown <<< 'rbdboot[map-image]: still no answer from a monitor: 10.77.0.10:6789; given up after 60 s'
}

@test "a console that is gone keeps the others from nothing" {
    rm "$root/dev/tty0"
    mkdir "$root/dev/tty0"
    kernel_says "$answered"
    long_map 25
    boot
    expect_booted /dev/rbd0
    expect_contained "$no_osd" "$root/dev/ttyS0"
}

@test "it does not outlive a script that is killed" {
    kernel_says "$answered"
    long_map 10000
    note_processes
    run_in_root sh -c "/scripts/local-top/rbdboot & boot=\$!
        until [ -s /dev/ttyS0 ]; do /opt/busybox sleep 0.05; done
        kill -9 \$boot
        wait \$boot
        /opt/busybox sleep 1
        $look"
    [ -s "$root/recorded/processes" ]
    [ ! -e "$root/recorded/left" ]
}

@test "a root from a snapshot, which is mapped without writing, waits for no room and no lock" {
    make_initramfs golden
    kernel_says "$answered" "$full" 'rbd: rbd0: no lock owners detected'
    long_map 25
    boot
    expect_contained 'RB245: the monitors answer, and the OSDs that have to do not: the map of rbd/hosts/golden@v1 waits' "$root/dev/ttyS0"
}
