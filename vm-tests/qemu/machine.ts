import type { MacAddress } from '../../generator/model/mac-address.ts';
import type { MachineUuid } from '../../generator/model/machine-uuid.ts';
import type { Journal } from '../journal.ts';
import type { Network } from '../network/plan.ts';
import type { Accelerator } from './accelerator.ts';
import { latePort, type Start } from './arguments.ts';
import type { ConsoleWatch } from './console-watch.ts';
import type { Qmp } from './qmp.ts';
import type { PulseWatch } from './watch-pulse.ts';

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
    /** What seconds are multiplied with where it is waited for. */
    readonly slowness: number;
    readonly journal: Journal;
    /** What its console shows, judged by what was allowed. */
    readonly watch: ConsoleWatch;
    readonly pulse: PulseWatch;
    readonly directory: string;
    /** Unix socket of the serial console, for what is typed: see {@link pressKey}. */
    readonly consoleSocket: string;
    /** File with all that the serial console has shown. */
    readonly consoleLog: string;
    readonly qmp: Qmp;
    /** Settles when QEMU ends, with how it ended. */
    readonly ended: Promise<string>;
    readonly hasPower: () => boolean;
    /** How the machine ended by itself; nothing while it has power, and where its power was cut. */
    readonly ownEnd: () => Error | undefined;
    /** Ends QEMU at once, as a power cut ends a machine. */
    readonly cutPower: () => Promise<void>;
}

/** Puts the first NIC into a machine that runs, as a slot is that gets power late. */
export async function plugNic({ qmp }: Machine, mac: MacAddress): Promise<void> {
    const place = { id: 'nic0', netdev: 'net0', bus: latePort };
    await qmp.execute('device_add', { driver: 'virtio-net-pci', mac, ...place });
}
