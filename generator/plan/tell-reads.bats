#!/usr/bin/env bats
# Reads of the device that take long: what the machine says meanwhile if no OSD answers, that it says
# nothing of a check that goes on, and that nothing of it stays.
# What load brings sets root, printed and complained (https://www.shellcheck.net/wiki/SC2154).
# What is scripted is for the shell of the scratch root (https://www.shellcheck.net/wiki/SC2016).
# shellcheck disable=SC2154,SC2016

load ../testing/scratch-root/initramfs

# no_answer STEP: what is said.
no_answer() {
    printf '\nrbdboot[%s] RB245: no OSD answers what is asked of /dev/rbd0: that waits, and goes on as soon as one does\n' \
        "$1"
}

# long_read PROGRAM SECONDS [LOOK...]: the program reads until as many seconds have gone by beside it; one
# that says so takes a hundredth of one, and the one after those is still there when the program
# returns. The looks, each IN-FLIGHT,READ,WRITTEN, are what the kernel says in the first second and
# every 5 s; the last one stays.
long_read() {
    seconds_in_root=120
    : > "$root/recorded/takes-long"
    : > "$root/recorded/slept"
    mkdir "$root/recorded/looks"
    local look second=0
    for look in "${@:3}"; do
        # They are numbers, with commas between them.
        # shellcheck disable=SC2086
        requests_of rbd0 ${look//,/ }
        mv "$root/sys/block/rbd0/stat" "$root/recorded/looks/$second"
        second=$((second + 5))
    done
    requests_of rbd0 0 11 0
    script_program sleep << SCRIPT
if [ "\$1" = 1 ]; then
    until [ -e /recorded/reads ]; do
        kill -0 "\$PPID" || exit 0
        /opt/busybox sleep 0.01
    done
    slept=\$(/opt/busybox wc -l < /recorded/slept)
    if [ "\$slept" -ge "$2" ]; then
        : > /recorded/over
        exec /opt/busybox sleep 20
    fi
    /opt/busybox sleep 0.01
    echo >> /recorded/slept
    if [ -e "/recorded/looks/\$slept" ]; then
        /opt/busybox cp "/recorded/looks/\$slept" /sys/block/rbd0/stat
    fi
fi
SCRIPT
    {
        cat << 'SCRIPT'
read_for_long() {
    : > /recorded/reads
    until [ -e /recorded/over ]; do /opt/busybox sleep 0.05; done
}
read_for_long
SCRIPT
        if [ -e "$root/scripted/$1" ]; then
            cat "$root/scripted/$1"
        fi
    } > "$root/recorded/script"
    mv "$root/recorded/script" "$root/scripted/$1"
}

# unless CONDITION PROGRAM: it does not read for long where the condition holds.
unless() {
    sed -i "s|^read_for_long\$|$1 \|\| &|" "$root/scripted/$2"
}

setup() {
    make_initramfs desk1
}

@test "of a check that does not take long nothing is said" {
    long_read e2fsck 55 5,11,0
    boot
    expect_booted /dev/rbd0
    expect_shown < /dev/null
}

@test "RB245: after 60 s in which no request was done each console shows that no OSD answers" {
    long_read e2fsck 65 5,11,0
    boot
    expect_booted /dev/rbd0
    expect_shown <<< "$(no_answer check-root)"
    expect_contained '  to do: "ceph health detail" tells which OSDs are down' "$root/dev/ttyS0"
}

@test "it says so again each minute, quiet or not" {
    long_read e2fsck 185 5,11,0
    boot quiet=y
    expect_booted /dev/rbd0
    expect_shown <<< "$(
        no_answer check-root
        no_answer check-root
        no_answer check-root
    )"
    expect 'the seconds' 185 "$(wc -l < "$root/recorded/slept")"
}

@test "a check of minutes is not cried about: its requests are done" {
    local looks=() done
    for done in {1..36}; do
        looks+=("3,$((11 + done)),0")
    done
    long_read e2fsck 180 "${looks[@]}"
    boot
    expect_booted /dev/rbd0
    expect_shown < /dev/null
}

@test "nor is one that writes alone, or reads once in a while" {
    long_read e2fsck 180 1,11,{1..18} 4,{11,11,11,11,12,12,12,12,13,13,13,13,14,14,14,14,15,15},18
    boot
    expect_booted /dev/rbd0
    expect_shown < /dev/null
}

@test "nor one that computes, with no request in flight" {
    long_read e2fsck 180 0,11,0
    boot
    expect_booted /dev/rbd0
    expect_shown < /dev/null
}

@test "OSDs that go in the middle of a check are told of, and once they are back no more" {
    long_read e2fsck 120 3,{20,30,40,50,60,60,60,60,60,60,60,60,60,60,60,60,60,60,70,80,90,100,110,120},0
    boot
    expect_booted /dev/rbd0
    expect_shown <<< "$(no_answer check-root)"
}

@test "the first look at what is on the device is told of alike" {
    long_read blkid 65 1,11,0
    boot
    expect_booted /dev/rbd0
    expect_shown <<< "$(no_answer check-root)"
}

@test "RB226: what the report lists is read so too, and nothing stays beside the failure" {
    put_on /dev/rbd0 TYPE=xfs
    long_read blkid 65 1,11,0
    unless '[ "$1" = -p ]' blkid
    sed -i '/ || read_for_long$/a /opt/busybox cp /dev/ttyS0 /recorded/shown' "$root/scripted/blkid"
    boot
    expect_failure RB226 check-root '/dev/rbd0 has xfs, and should have ext4' '"filesystem"'
    # On a console the report stands behind that; in a file, in its place.
    expect_contained "$(no_answer check-root | tail -n 1)" "$root/recorded/shown"
}

@test "where the root is looked for, the step that looks says so, of the device of the image" {
    make_initramfs labelled
    long_read blkid 65 1,11,0
    boot
    expect_booted /dev/rbd0p2
    expect_shown <<< "$(no_answer find-root)"
}

@test "what checks a partition waits for the device of the image" {
    make_initramfs partition
    long_read e2fsck 65 1,11,0
    boot
    expect_booted /dev/rbd0p2
    expect_shown <<< "$(no_answer check-root)"
}

@test "the header of a container, its keys, and what is in it" {
    local program step
    for program in blkid cryptsetup e2fsck; do
        make_initramfs keyed
        step=unlock-luks
        if [ "$program" = e2fsck ]; then
            step=check-root
        fi
        long_read "$program" 65 1,11,0
        boot
        expect_booted /dev/mapper/root
        expect_shown <<< "$(no_answer "$step")"
    done
}

@test "who takes long to type a passphrase is told nothing" {
    make_initramfs typed
    : > "$root/dev/console"
    script_program head <<< 'printf "right\n"'
    long_read head 70 0,14,0
    boot
    expect_booted /dev/mapper/root
    expect_shown <<< \
        'rbdboot[unlock-luks]: type the passphrase for /dev/rbd0 at ttyS0, try 1 of 3:'
}

# A kernel that tells whom it meets at the lock has the image mapped twice.
between_the_maps() {
    mkdir -p "$root/proc/dynamic_debug"
    : > "$root/proc/dynamic_debug/control"
}

# An end of the mapping that takes until the long read is over. Its device is gone by then.
long_unmap() {
    script_program dd << 'SCRIPT'
/opt/busybox cat > /dev/null
case "$3" in
    *remove*)
        /opt/busybox rm -f /sys/block/rbd0/stat
        : > /recorded/reads
        until [ -e /recorded/over ]; do /opt/busybox sleep 0.05; done
        ;;
esac
SCRIPT
}

@test "a mapping that does not end waits for an OSD, though its device is gone" {
    between_the_maps
    long_read cat 65
    rm "$root/scripted/cat"
    long_unmap
    boot
    expect_booted /dev/rbd0
    expect_shown <<< "$(no_answer map-image)"
}

@test "udev, which reads what keeps a mapping from its end, is told of too" {
    between_the_maps
    script_program dd << 'SCRIPT'
/opt/busybox cat > /dev/null
case "$3" in
    *remove*) [ -e /recorded/over ] ;;
esac
SCRIPT
    long_read udevadm 65 1,11,0
    unless '[ "$*" = "settle --timeout=10" ]' udevadm
    boot
    expect_booted /dev/rbd0
    expect_shown <<< "$(no_answer map-image)"
}

@test "what says so is gone when the read is done, in the middle of its sleep, which ends in a second" {
    long_read e2fsck 65 1,11,0
    # Who has none any more was left by one that is gone.
    sed -i '1i [ "$PPID" -eq 1 ] || echo "$PPID" >> /recorded/processes' "$root/scripted/sleep"
    : > "$root/recorded/left"
    run_in_root quiet=n readonly=n panic=60 rootmnt=/root sh -c '/scripts/local-top/rbdboot
        code=$?
        for process in $(/opt/busybox cat /recorded/processes); do
            if kill -0 "$process" 2> /dev/null; then
                echo "$process" >> /recorded/left
            fi
        done
        exit "$code"'
    expect_exit_code 0
    expect 'the processes that are left' '' "$(< "$root/recorded/left")"
    [ -s "$root/recorded/processes" ]
    expect 'the error output' '' "$(< "$complained")"
    expect 'the sleeps' 'sleep 1' "$(calls sleep | sort -u)"
}

@test "a host whose root nothing checks reads its device with the same words" {
    make_initramfs xfs
    put_on /dev/rbd0 TYPE=xfs
    long_read blkid 65 1,11,0
    boot
    expect_exit_code 0
    expect_shown <<< "$(no_answer check-root)"
}
