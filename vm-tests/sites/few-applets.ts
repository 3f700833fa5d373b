/**
 * Those applets of Debian's busybox that the boot script calls and Ubuntu's busybox-initramfs is built
 * without (debian/config/pkg/initramfs of Ubuntu's package busybox).
 */
const absent = ['base64', 'dd', 'dmesg', 'reboot'];

/**
 * A hook that leaves an initrd of Debian with what one of Ubuntu 24.04 has: where busybox lacks an
 * applet, klibc's program of its name, if there is one.
 */
export const fewApplets = `#!/bin/sh
set -e
case "$1" in
    prereqs)
        echo 'zz-busybox klibc-utils'
        exit 0
        ;;
esac
for applet in ${absent.join(' ')}; do
    # It is a link to busybox: what is written into it goes into all of them.
    rm -f "$DESTDIR/bin/$applet" "$DESTDIR/sbin/$applet"
    if [ -e "/usr/lib/klibc/bin/$applet" ]; then
        cp -L "/usr/lib/klibc/bin/$applet" "$DESTDIR/bin/$applet"
    fi
done
`;
