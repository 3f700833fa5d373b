import { keepAddress } from '../steps/keep-address/keep-address.ts';
import { loadModules } from '../steps/load-modules/load-modules.ts';
import { mapImage } from '../steps/map-image/map-image.ts';
import { mountRoot } from '../steps/mount-root/mount-root.ts';
import { network } from '../steps/network/network.ts';
import { unlockLuks } from '../steps/unlock-luks/unlock-luks.ts';
import type { Result } from './output.ts';

// A step tells of itself without its input: name, contract and keys do not depend on it.
const steps = [
    loadModules([]),
    keepAddress({} as Parameters<typeof keepAddress>[0]),
    network({} as Parameters<typeof network>[0]),
    mapImage({} as Parameters<typeof mapImage>[0]),
    unlockLuks({ device: {} } as Parameters<typeof unlockLuks>[0]),
    mountRoot({} as Parameters<typeof mountRoot>[0]),
];

export const stepNames: readonly string[] = steps.map(({ name }) => name);

export function explainStep(wanted: string): Result {
    const step = steps.find(({ name }) => name === wanted);
    const contract = (step?.contract ?? []).join(' ');
    const keys = step?.keys ?? [];
    const from = keys.length > 0 ? `\n  from   ${keys.join(', ')} of the host\n` : '';
    return {
        text: `${wanted}: ${contract}\n${from}`,
        json: { step: wanted, contract, keys },
    };
}
