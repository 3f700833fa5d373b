import { execa } from 'execa';
import { makeTap } from '../network/bridge.ts';
import type { NicPlan } from './arguments.ts';
import type { PowerOn } from './machine.ts';

/** The NICs of a machine, and what they are plugged into. */
export interface PluggedIn {
    readonly nics: readonly [NicPlan, ...NicPlan[]];
    /** Ports of the bridge that were made for them. */
    readonly taps: readonly string[];
    /** Takes those ports away. */
    readonly unplug: () => Promise<void>;
}

/** Plugs the NICs of a machine in, each into a port of the bridge that is made for it if nothing else is said. */
export async function plugIn({
    mac,
    network,
    otherNics = [],
    wiring = {},
}: PowerOn): Promise<PluggedIn> {
    const { card, otherPlugs = [], plug, portMtu, properties } = wiring;
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
    const first: NicPlan = { mac, plug: plug ?? (await inBridge()), ...like };
    const others = await Promise.all(
        otherNics.map(async (other, index) => ({
            mac: other,
            plug: otherPlugs[index] ?? (await inBridge()),
            ...like,
        })),
    );
    return {
        nics: [first, ...others],
        taps,
        async unplug() {
            for (const tap of taps) {
                await execa('ip', ['link', 'delete', tap], { reject: false });
            }
        },
    };
}
