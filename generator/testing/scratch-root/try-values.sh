#!/bin/sh
# Boots once with each of the values in /values as each of the parameters that are named, in a scratch
# root: one process for hundreds of boots. Prints a line for each, FILE PARAMETER PLACE EXIT CODE, and
# what is wrong with it: a program called canary ran or a file of that name is there, the shell
# complained, a console shows what no terminal should get, something was mapped all the same.
#
# Usage: try-values.sh PLACE PARAMETER...; PLACE is archive or command-line
set -u
# As init has them from "panic=-1": a refusal costs no time.
export panic=-1 quiet=n
place=$1
shift

tool() {
    /opt/busybox "$@"
}

known='rbdboot.mac=52:54:00:12:34:01 rbdboot.image=rbd/hosts/desk1 rbdboot.client=desks'
lease='rbdboot.address=10.77.0.21/255.255.255.0 rbdboot.gateway=10.77.0.1'

# hand_over BEFORE FILE: what is known, and the value behind the beginning of an argument.
hand_over() {
    case $place in
        archive)
            printf '%s\n' "$lease" > /proc/cmdline
            {
                printf '%s %s' "$known" "$1"
                tool cat "$2"
                printf ' rbdboot.other=1\n'
            } > /etc/rbdboot/host
            ;;
        command-line)
            printf '%s\n' "$known" > /etc/rbdboot/host
            {
                printf '%s %s' "$lease" "$1"
                tool cat "$2"
                printf ' panic=60\n'
            } > /proc/cmdline
            ;;
    esac
}

for file in /values/*; do
    for parameter in "$@"; do
        tool rm -rf /run/rbdboot /run/initramfs /canary
        : > /recorded/calls
        : > /sys/bus/rbd/add_single_major
        : > /dev/ttyS0
        printf 'IP=none\n' > /conf/param.conf
        hand_over "$parameter" "$file"
        # What it leaves running in the background holds descriptor 3 open too: this returns when all
        # of it has ended, so what was evaluated shows with its own value.
        left=$(/scripts/local-top/rbdboot 3>&1 > /tmp/printed 2> /tmp/complained)
        status=$?
        [ -z "$left" ] || printf 'written to descriptor 3: %s\n' "$left" >> /tmp/complained
        code=none
        if [ -s /run/rbdboot/failure ]; then
            code=$(tool sed -n '2s/^rbdboot\[[a-z-]*\] \(RB[0-9]*\): .*/\1/p' /run/rbdboot/failure)
        fi
        wrong=
        if [ -e /canary ] || tool grep -q canary /recorded/calls; then
            wrong="$wrong evaluated"
        fi
        if [ -s /tmp/complained ]; then
            wrong="$wrong complained: $(tool head -n 1 /tmp/complained)"
        fi
        if LC_ALL=C tool grep -q '[^[:print:][:space:]]' /tmp/printed /dev/ttyS0; then
            wrong="$wrong unprintable"
        fi
        if [ "$status" -ne 0 ] && [ -s /sys/bus/rbd/add_single_major ]; then
            wrong="$wrong mapped"
        fi
        printf '%s %s %s %s %s%s\n' "${file##*/}" "${parameter%%=*}" "$place" "$status" "$code" "$wrong"
    done
done
