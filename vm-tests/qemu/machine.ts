import { randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import type { MacAddress } from '../../generator/model/mac-address.ts';
import type { MachineUuid } from '../../generator/model/machine-uuid.ts';
import { type Daemon, startDaemon } from '../children.ts';
import { type Journal, now, openJournal } from '../journal.ts';
import { makeTap } from '../network/bridge.ts';
import { trafficOf } from '../network/own-traffic.ts';
import type { Network } from '../network/plan.ts';
import type { Accelerator } from './accelerator.ts';
import { latePort, machineCommand, type NicPlan, type Start } from './arguments.ts';
import { type ConsoleWatch, watchConsole } from './console-watch.ts';
import { describeEnd } from './describe-end.ts';
import { observeConsole, observeDhcp, observeGuest, observeHttp } from './observe.ts';
import { connectQmp, type Qmp } from './qmp.ts';
import { type PulseWatch, watchPulse } from './watch-pulse.ts';

/** Everything that a machine is started with. */
export interface PowerOn {
    readonly name: string;
    readonly mac: MacAddress;
    readonly accelerator: Accelerator;
    /** Default: over the network, under BIOS. */
    readonly start?: Start;
    /** NICs that the machine has besides. Default: none. */
    readonly otherNics?: readonly MacAddress[];
    readonly uuid?: MachineUuid;
    /** Raw images of disks that the machine has besides. Default: none. */
    readonly disks?: readonly string[];
    readonly network: Network;
    /** Gets the machine's files, and stays as long as the run. */
    readonly directory: string;
    /** A directory with a short path, for sockets. */
    readonly sockets: string;
    /** Logs of dnsmasq and nginx. */
    readonly serverLogs: { readonly dhcp: string; readonly http: string };
    /** Failure lines of the console that this machine is started to show. Each must come. */
    readonly allowed?: RegExp | readonly RegExp[];
    /** Default: each NIC is in the bridge. */
    readonly wiring?: Wiring;
    /** It has a hardware watchdog, which resets it. Default: it has none. */
    readonly watchdog?: true;
}

/** How a machine is connected, where that is not as most are. */
export interface Wiring {
    /** The longest packet of the machine's ports of the bridge, and of the bridge. Default: 1500. */
    readonly portMtu?: number;
    /** Its cards, as QEMU calls them. Default: `virtio-net-pci`. */
    readonly card?: string;
    /** Further properties of its cards: `host_mtu=1500`. */
    readonly properties?: string;
    /** What the first NIC is plugged into in the place of the bridge, for `-netdev`. */
    readonly plug?: string;
    /** The same for the other NICs, in their order. */
    readonly otherPlugs?: readonly string[];
    /** The first NIC is put in later: see {@link plugNic}. */
    readonly lateNic?: true;
}

/** A machine that has power. */
export interface Machine {
    readonly name: string;
    /** What its last event must carry; of this run alone. */
    readonly nonce: string;
    readonly start: Start;
    /** MAC addresses of its NICs, the first one's first. */
    readonly macs: readonly MacAddress[];
    /** When QEMU was started, on the clock of {@link now}. */
    readonly poweredOn: number;
    readonly journal: Journal;
    /** What its console shows, judged by what was allowed. */
    readonly watch: ConsoleWatch;
    readonly pulse: PulseWatch;
    readonly directory: string;
    /** Unix socket of the serial console. */
    readonly consoleSocket: string;
    readonly qmp: Qmp;
    /** Settles when QEMU ends, with how it ended. */
    readonly ended: Promise<string>;
    /** How the machine ended by itself; nothing while it has power, and where its power was cut. */
    readonly ownEnd: () => Error | undefined;
    /** Ends QEMU at once, as a power cut ends a machine. */
    readonly cutPower: () => Promise<void>;
}

/**
 * Gives a machine power. It boots by itself from here on; what is seen of it is in its journal,
 * which closes when QEMU ends or the console shows that the machine will not come up.
 */
export async function powerOn(plan: PowerOn): Promise<Machine> {
    const { name, directory, network, serverLogs } = plan;
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const nonce = randomBytes(8).toString('hex');
    const { card, portMtu, properties, plug, otherPlugs = [], lateNic } = plan.wiring ?? {};
    const { start = { lane: 'network' } } = plan;
    const taps: string[] = [];
    const inBridge = async () => {
        const tap = await makeTap(network, portMtu);
        taps.push(tap);
        return `tap,ifname=${tap},script=no,downscript=no`;
    };
    const like = {
        ...(card === undefined ? {} : { card }),
        ...(properties === undefined ? {} : { properties }),
    };
    const first: NicPlan = { mac: plan.mac, plug: plug ?? (await inBridge()), ...like };
    const others: readonly NicPlan[] = await Promise.all(
        (plan.otherNics ?? []).map(async (mac, index) => ({
            mac,
            plug: otherPlugs[index] ?? (await inBridge()),
            ...like,
        })),
    );
    const socket = (kind: string) => join(plan.sockets, `${nonce}.${kind}`);
    const file = (kind: string) => join(directory, kind);
    const command = machineCommand({
        name,
        nics: [first, ...others],
        ...(lateNic === undefined ? {} : { lateNic }),
        accelerator: plan.accelerator.name,
        start,
        ...(plan.uuid === undefined ? {} : { uuid: plan.uuid }),
        ...(plan.disks === undefined ? {} : { disks: plan.disks }),
        ...(plan.watchdog === undefined ? {} : { watchdog: plan.watchdog }),
        nonce,
        sockets: { qmp: socket('qmp'), console: socket('console') },
        files: {
            console: file('console.raw'),
            events: file('events.jsonl'),
            capture: file('net.pcap'),
        },
    });
    await writeFile(file('qemu.argv'), `${command.join('\n')}\n`);

    const journal = openJournal(plan.accelerator.slowness);
    const watch = watchConsole(plan.allowed);
    const macs = [plan.mac, ...(plan.otherNics ?? [])];
    const own = trafficOf(macs);
    const tails = [
        observeDhcp(journal, serverLogs.dhcp, sizeOf(serverLogs.dhcp), own),
        observeHttp(journal, serverLogs.http, sizeOf(serverLogs.http), own),
        observeConsole(journal, file('console.raw'), watch),
        observeGuest(journal, file('events.jsonl'), nonce),
    ];
    const poweredOn = now();
    const qemu = startDaemon('qemu-system-x86_64', command, file('qemu.stderr'));
    journal.add({ at: poweredOn, source: 'harness', text: 'power on' });
    const connecting = connectQmp(socket('qmp'), qemu.ended, file('qmp.log'), (event) =>
        journal.add({ at: now(), source: 'qemu', text: event.event, data: event.data }),
    );
    let cut = false;
    let ownEnd: Error | undefined;
    const ended = qemu.ended.then(async (ending) => {
        // What QEMU said last may still be on its way.
        await connecting.then(
            ({ closed }) => closed,
            () => {},
        );
        for (const tail of tails) {
            tail.stop();
        }
        journal.add({ at: now(), source: 'qemu', text: ending });
        const reason = describeEnd(journal.all(), ending);
        ownEnd = cut ? undefined : reason;
        journal.close(reason);
        return ending;
    });
    const qmp = await connecting;
    const pulse = watchPulse({
        journal,
        qmp,
        pid: qemu.pid,
        poweredOn,
        slowness: plan.accelerator.slowness,
        taps,
        files: {
            'serial console': file('console.raw'),
            'events of the guest': file('events.jsonl'),
        },
        hasDisks: (plan.disks ?? []).length > 0,
    });
    void ended.then(pulse.stop);
    return {
        name,
        nonce,
        start,
        macs,
        poweredOn,
        journal,
        watch,
        pulse,
        directory,
        consoleSocket: socket('console'),
        qmp,
        ended,
        ownEnd: () => ownEnd,
        cutPower: () => {
            cut ||= qemu.ending() === undefined;
            return cutPower(qemu, ended, taps);
        },
    };
}

/** Puts the first NIC into a machine that runs, as a slot is that gets power late. */
export async function plugNic({ qmp }: Machine, mac: MacAddress): Promise<void> {
    const place = { id: 'nic0', netdev: 'net0', bus: latePort };
    await qmp.execute('device_add', { driver: 'virtio-net-pci', mac, ...place });
}

async function cutPower(
    qemu: Daemon,
    ended: Promise<string>,
    taps: readonly string[],
): Promise<void> {
    if (qemu.ending() === undefined) {
        await qemu.kill();
    }
    await ended;
    for (const tap of taps) {
        await execa('ip', ['link', 'delete', tap], { reject: false });
    }
}

function sizeOf(path: string): number {
    return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
