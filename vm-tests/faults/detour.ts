import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MacAddress } from '../../generator/model/mac-address.ts';
import type { Lab } from '../lab.ts';
import { hostDirectory } from '../network/host-script.ts';
import { type BootServer, startBootServer } from './boot-server.ts';

/** The way of one machine to its boot files, over a server of its own. */
export interface Detour {
    readonly server: BootServer;
    /** Leads the machine back to the server of the lab. */
    readonly end: () => Promise<void>;
}

/**
 * Leads a machine to a boot server of its own, which serves the same files.
 *
 * @param served where the files of its configuration are.
 */
export async function layDetour(
    { network, served: all }: Lab,
    served: string,
    mac: MacAddress,
): Promise<Detour> {
    const file = (directory: string) => join(hostDirectory(directory, mac), 'boot.ipxe');
    const before = await readFile(file(all), 'utf8');
    const path = file(served).slice(served.length);
    // In the directory of the lab itself, the file is about to lead here.
    const server = await startBootServer(network.server, served, {
        [path]: await readFile(file(served), 'utf8'),
    });
    const away = `#!ipxe\nchain http://${network.server}:${server.port}${path}\n`;
    await writeFile(file(all), away);
    return {
        server,
        end: async () => {
            server.close();
            await writeFile(file(all), before);
        },
    };
}
