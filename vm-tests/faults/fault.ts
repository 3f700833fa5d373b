import type { MacAddress } from '../../generator/model/mac-address.ts';
import type { Wire } from '../network/wire.ts';
import type { Machine } from '../qemu/machine.ts';
import type { BootServer } from './boot-server.ts';

/** What a fault can get at: a machine that has power, and what is around it. */
export interface FaultTarget {
    readonly machine: Pick<Machine, 'cutPower' | 'qmp'>;
    /** Of its first NIC. */
    readonly mac: MacAddress;
    /** What the first NIC is connected by, for a fault that needs the wire. */
    readonly wire?: Wire;
    /** What the boot files come from, for a fault that needs a server of its own. */
    readonly server?: BootServer;
}

interface AnyFault {
    /** A sentence without its end, as it stands on the timeline: `the cable of nic0 is out`. */
    readonly name: string;
    /** What has to be between the machine and the lab before the machine has power. */
    readonly needs?: 'wire' | 'server';
}

/** Makes it as it was before. */
export type Undo = () => Promise<void>;

/** A fault that goes on until it is taken back. */
export interface LastingFault extends AnyFault {
    readonly kind: 'lasting';
    /** Whether it is gone with the machine: all that is done to its NICs is. */
    readonly inMachine: boolean;
    readonly begin: (target: FaultTarget) => Promise<Undo>;
}

/** A fault that nothing takes back: a power cut. */
export interface FinalFault extends AnyFault {
    readonly kind: 'final';
    readonly strike: (target: FaultTarget) => Promise<void>;
}

export type Fault = LastingFault | FinalFault;
