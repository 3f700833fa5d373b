#!/bin/sh
# Stands in a scratch root for every program, under the program's name. Records how it was called,
# then does what the test has scripted for it, or else what busybox does under that name.
#
# One call is recorded as the number of its arguments, its name, its arguments, each ended by NUL:
# a newline in an argument cannot pass for a second call.

name=${0##*/}

# What tells of a map or a read that takes long sleeps beside it, from when to when is a matter of
# chance: in earnest, and no test need know of it that is not about that.
# Nor has anybody to wait for the end of one that is left of it: descriptor 3 is what try-values.sh waits for.
if [ "$name $*" = 'sleep 1' ] && ! [ -e /recorded/takes-long ]; then
    exec /opt/busybox sleep 1 3>&-
fi
printf '%s\0' "$#" "$name" "$@" >> /recorded/calls

if [ -e "/scripted/$name" ]; then
    # What a test has scripted (https://www.shellcheck.net/wiki/SC1090).
    # shellcheck disable=SC1090
    . "/scripted/$name"
    exit
fi
exec /opt/busybox "$name" "$@"
