import { loadSite } from '../../config/load.ts';
import { success } from '../../diagnostics/diagnostic.ts';
import { printImageReference } from '../../model/image-reference.ts';
import type { Host } from '../../model/site.ts';
import { type ExitCode, finish } from '../output.ts';

export interface ListOptions {
    readonly config: string;
    readonly json: boolean;
}

/** `rbdboot host list`: one line a host. */
export async function hostList({ config, json }: ListOptions): Promise<ExitCode> {
    const site = await loadSite(config);
    if (!site.ok) {
        return finish(site, json);
    }
    const { hosts } = site.value;
    const rows = hosts.map((host) => [host.name, host.mac, printImageReference(host.image)]);
    const width = Math.max(...rows.map(([name = '']) => name.length));
    const text = rows
        .map(([name = '', mac, image]) => `${name.padEnd(width)}  ${mac}  ${image}\n`)
        .join('');
    return finish(success({ text, json: { hosts: hosts.map(describe) } }), json);
}

function describe(host: Host): Readonly<Record<string, unknown>> {
    const { name, mac, image, fileSystem, address, client, keyring, nicModules } = host;
    return {
        ...{ name, mac, image: printImageReference(image), filesystem: fileSystem, address },
        ...{ client, keyring, nicModules, kernelArguments: host.kernelArguments },
        ...(host.mapOptions === undefined
            ? {}
            : { mapOptions: host.mapOptions.map(({ word }) => word) }),
        ...(host.features === undefined ? {} : { features: host.features }),
        plan: host.plan === undefined ? 'standard' : 'own',
    };
}
