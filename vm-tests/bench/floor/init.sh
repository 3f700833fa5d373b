#!/bin/busybox sh
# The least that boots at all: modules in the order of their names, one address, one write, one
# mount. A baseline that shows where the floor is, not an example: it checks nothing.
/bin/busybox mount -t proc proc /proc
/bin/busybox mount -t sysfs sysfs /sys
/bin/busybox mount -t devtmpfs dev /dev
for module in /modules/*; do
    /bin/busybox insmod "$module"
done
/bin/busybox ip addr add '@ADDRESS@' dev eth0
/bin/busybox ip link set eth0 up
echo '@MAP@' > /sys/bus/rbd/add_single_major
/bin/busybox mount -o ro /dev/rbd0 /root
exec /bin/busybox switch_root /root /sbin/init
