#!/bin/sh
# Tells the harness what this machine sees of itself, one JSON object a line, on a virtio port that
# the harness reads. The last line carries the number that the harness gave to this run of this
# machine, so that no line of another run can pass for it.
set -u

exec 3> /dev/virtio-ports/org.rbdboot.events

# report EVENT JSON
report() {
    read -r uptime _ < /proc/uptime
    printf '{"event":"%s","uptime":%s,"data":%s}\n' "$1" "$uptime" "$2" >&3
}

# json_string < TEXT
json_string() {
    printf '"%s"' "$(sed 's/[\\"]/\\&/g')"
}

# json_object DIRECTORY NAME...: the files of these names, as text
json_object() {
    directory=$1
    shift
    separator='{'
    for name; do
        printf '%s"%s":' "$separator" "$name"
        json_string < "$directory/$name"
        separator=,
    done
    printf '}'
}

report multi-user null
report root "$(findmnt --json --output SOURCE,FSTYPE,OPTIONS / | tr -d '\n')"
for device in /sys/bus/rbd/devices/*; do
    [ -d "$device" ] || continue
    fields=$(json_object "$device" pool pool_ns name image_id current_snap cluster_fsid client_id client_addr config_info)
    report image "{\"id\":\"${device##*/}\",\"sysfs\":$fields}"
done
report addresses "$(ip -json address show scope global)"
report command-line "$(json_string < /proc/cmdline)"
report failed-units "$(systemctl list-units --failed --plain --no-legend | cut -d' ' -f1 | json_string)"
report end "$(json_string < /sys/class/dmi/id/chassis_serial)"
