import type { Machine } from './machine.ts';

/**
 * Waits until the machine has mounted its image and started the system on it. That is all that the
 * boot scripts have to do with; the system itself takes half a minute more.
 *
 * @returns seconds from power-on.
 */
export async function rootMounted(machine: Machine, seconds: number): Promise<number> {
    const { journal, poweredOn } = machine;
    await journal.waitFor(
        'the mount of the image',
        ({ source, text }) =>
            source === 'console' && /EXT4-fs \(rbd\d+\): mounted filesystem/.test(text),
        seconds,
    );
    const { at } = await journal.waitFor(
        'the start of the system',
        ({ source, text }) => source === 'console' && /systemd\[1\]: systemd \d/.test(text),
        90,
    );
    return (at - poweredOn) / 1000;
}
