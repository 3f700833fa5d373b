import type { Qmp } from '../qemu/qmp.ts';
import type { LastingFault } from './fault.ts';

/** Of `nic0`, the other end, which filters are put on (see `qemu/arguments.ts`). */
function plugOf(nic: string): string {
    return nic.replace(/^nic/, 'net');
}

/**
 * The cable of a NIC is out: it has no carrier, and nothing goes through.
 *
 * @param nic as the monitor calls it. Default: the first one.
 */
export function cutCable(nic = 'nic0'): LastingFault {
    return {
        kind: 'lasting',
        name: `the cable of ${nic} is out`,
        inMachine: true,
        begin: async ({ machine: { qmp } }) => {
            await qmp.execute('set_link', { name: nic, up: false });
            return async () => {
                await qmp.execute('set_link', { name: nic, up: true });
            };
        },
    };
}

/**
 * Nothing goes through in either direction, and the carrier stays: a switch that has lost its way, a
 * firewall that drops.
 */
export function blackHole(nic = 'nic0'): LastingFault {
    return {
        kind: 'lasting',
        name: `${nic} is connected to nothing`,
        inMachine: true,
        begin: async ({ machine: { qmp } }) => {
            const hole = `hole-${nic}`;
            await qmp.execute('chardev-add', { id: hole, backend: { type: 'null', data: {} } });
            const remove = await addFilter(qmp, 'filter-redirector', nic, { outdev: hole });
            return async () => {
                await remove();
                await qmp.execute('chardev-remove', { id: hole });
            };
        },
    };
}

/**
 * Packets of both directions wait in QEMU and go on together, once in a time: a round trip takes
 * from nothing to twice as long, and the one time on an average.
 *
 * @param milliseconds that time.
 */
export function latency(milliseconds: number, nic = 'nic0'): LastingFault {
    return {
        kind: 'lasting',
        name: `packets of ${nic} wait for up to ${milliseconds} ms`,
        inMachine: true,
        begin: async ({ machine: { qmp } }) =>
            addFilter(qmp, 'filter-buffer', nic, { interval: milliseconds * 1000 }),
    };
}

async function addFilter(qmp: Qmp, type: string, nic: string, words: object) {
    const id = `${type}-${nic}`;
    await qmp.execute('object-add', {
        'qom-type': type,
        id,
        netdev: plugOf(nic),
        queue: 'all',
        ...words,
    });
    return async () => {
        await qmp.execute('object-del', { id });
    };
}
