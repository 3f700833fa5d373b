import { execa } from 'execa';
import type { Lab } from '../lab.ts';
import { rootNamed } from '../preparation.ts';
import { initThat, waitForEver } from './init.ts';

const driver = 'virtio_console.ko';

/** What the harness gave to this run of the machine, as `guest/report.sh` finds it. */
export const nonce = '$(cat /sys/class/dmi/id/chassis_serial)';

/**
 * An initramfs that writes lines to the event port, with the driver of that port, which no initrd
 * of rbdboot has a use for.
 *
 * @param lines of the shell: {@link nonce} may stand in them.
 * @param afterwards what its init does then.
 */
export async function writesEvents(
    { roots }: Lab,
    lines: readonly string[],
    afterwards: string = waitForEver,
) {
    const { stdout } = await execa(
        'tar',
        [
            '--extract',
            '--to-stdout',
            '--file',
            rootNamed(roots, 'plain'),
            '--wildcards',
            `*/${driver}`,
        ],
        { encoding: 'buffer' },
    );
    const body = `modprobe virtio_pci
insmod /${driver}
until port=$(ls /sys/class/virtio-ports) && [ -c "/dev/$port" ]; do
    sleep 0.1
done
cat > "/dev/$port" <<END
${lines.join('\n')}
END
${afterwards}`;
    return { programs: initThat(body), files: { [driver]: Buffer.from(stdout) } };
}

/** What stands in the place of systemd to have the report written that a machine writes when it is up. */
export const reports = [
    'modprobe virtio_console',
    'until port=$(ls /sys/class/virtio-ports) && test -c /dev/$port; do sleep 0.1; done',
    'mkdir -p /dev/virtio-ports',
    'ln -s ../$port /dev/virtio-ports/org.rbdboot.events',
    'sh /usr/local/sbin/rbdboot-report',
].join('; ');
