import type { GuestShell } from './guest-shell.ts';
import type { Machine } from './machine.ts';

/** What somebody can read who is root of a machine, but for the memory of the kernel, by place. */
const places = {
    'kernel log': 'dmesg',
    'kernel command line': 'cat /proc/cmdline',
    sysfs: 'cat /sys/bus/rbd/devices/*/*',
    environments: 'cat /proc/[0-9]*/environ',
    arguments: 'cat /proc/[0-9]*/cmdline',
    '/run': 'find /run -xdev -type f -exec cat {} +',
    journal: 'journalctl --no-pager',
    keyrings: 'cat /proc/keys /proc/key-users; keyctl show @u; keyctl show @us; keyctl show @s',
} as const;

export type GuestPlace = keyof typeof places;

/** All of that, over the port for events: the console would show it. */
export async function guestView(
    { journal }: Machine,
    shell: GuestShell,
): Promise<Readonly<Record<GuestPlace, Buffer>>> {
    const view: [string, Buffer][] = [];
    for (const [index, [place, command]] of Object.entries(places).entries()) {
        const event = `answer-${index}`;
        const begin = `printf '{"event":"${event}","uptime":0,"data":"'`;
        const end = String.raw`printf '"}\n'`;
        const send = `{ ${begin}; { ${command}; } 2> /dev/null | base64 -w 0; ${end}; } > /dev/virtio-ports/org.rbdboot.events`;
        const status = await shell.run(send, 90);
        if (status !== 0) {
            throw new Error(`what is in ${place} could not be sent: ${status}`);
        }
        const { data } = await journal.waitFor(
            `what is in ${place}`,
            ({ source, text }) => source === 'guest' && text === event,
            60,
        );
        view.push([place, Buffer.from(String(data), 'base64')]);
    }
    return Object.fromEntries(view) as Record<GuestPlace, Buffer>;
}
