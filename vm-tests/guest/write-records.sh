#!/bin/busybox sh
# Writes records for as long as the machine has power, each into a file of its own, and tells the
# harness of each that is on the disk: one JSON object a line, on a virtio port that the harness reads.
# A record is "record NUMBER after CHECKSUM-OF-THE-ONE-BEFORE", some random bytes, and its checksum.
#
# With /acknowledges-early it does what a careless program does, and tells before the disk has them.
set -u

/bin/busybox mkdir -p /run/programs
/bin/busybox --install -s /run/programs
PATH="/run/programs:$PATH"

# report EVENT JSON
report() {
    read -r uptime _ < /proc/uptime
    printf '{"event":"%s","uptime":%s,"data":%s}\n' "$1" "$uptime" "$2" >&3
}

# give_up WHAT: something could not be written. What runs on the root tries again, as anybody would, and
# tells of nothing any more.
give_up() {
    report record-error "\"$1\""
    while :; do
        sleep 1
        dd if=/run/record of=/records/new bs=64k conv=fsync 2> /dev/null
    done
}

insmod /lib/virtio_console.ko
port=
until [ -c "$port" ]; do
    for candidate in /sys/class/virtio-ports/*; do
        if read -r name < "$candidate/name" && [ "$name" = org.rbdboot.events ]; then
            port=/dev/${candidate##*/}
        fi
    done
    [ -c "$port" ] || sleep 0.1
done
exec 3> "$port"

# There may be thousands of records; only the last one is read.
number=0
previous=nothing
last=
for file in /records/0*; do
    last=$file
done
if [ -e "$last" ]; then
    name=${last##*/}
    number=${name#"${name%%[1-9]*}"}
    previous=$(tail -c 65 "$last")
fi
report records "$number"

while :; do
    number=$((number + 1))
    name=$(printf '/records/%08d' "$number")
    {
        printf 'record %s after %s\n' "$number" "$previous"
        head -c $((number * 7919 % 16384)) /dev/urandom
    } > /run/record
    previous=$(sha256sum < /run/record)
    previous=${previous%% *}
    printf '%s\n' "$previous" >> /run/record
    if [ -e /acknowledges-early ]; then
        report record "$number"
        dd if=/run/record of=/records/new bs=64k status=none || give_up write
        mv /records/new "$name" || give_up rename
    else
        dd if=/run/record of=/records/new bs=64k conv=fsync status=none || give_up write
        mv /records/new "$name" || give_up rename
        sync /records || give_up sync
        report record "$number"
    fi
done
