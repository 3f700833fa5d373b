import { existsSync } from 'node:fs';
import { copyFile, mkdir, rename, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Host, Site } from '../../generator/model/site.ts';
import { siteInitrd } from '../images/site-initrd.ts';
import type { Lab } from '../lab.ts';
import { leasedAddress } from '../network/addresses.ts';
import { reserveAddresses } from '../network/dnsmasq.ts';
import { hostDirectory } from '../network/host-script.ts';
import { rootNamed } from '../preparation.ts';
import { runReleased } from '../released.ts';
import { oneAtATime } from '../reserve.ts';
import type { OpenSite } from './open-site.ts';

/**
 * Writes what the boot server has for a configuration, and leads the MAC address of each of its
 * hosts there.
 *
 * @param served a directory below the one that the lab serves.
 */
export async function serveSite(lab: Lab, site: Site, served: string): Promise<void> {
    await runReleased('ipxe', '--out', served, '--config', site.source);
    const hosts = site.hosts.map((host) => ({ mac: host.mac, address: leasedAddress(lab, host) }));
    await reserveAddresses(lab.state, basename(served), hosts);
    for (const { mac } of site.hosts) {
        const directory = hostDirectory(served, mac).slice(lab.served.length);
        const script = join(hostDirectory(lab.served, mac), 'boot.ipxe');
        await mkdir(dirname(script), { recursive: true });
        await writeFile(script, `#!ipxe\nchain http://\${next-server}${directory}/boot.ipxe\n`);
    }
}

/** Puts the kernel and the initrd of a host where its script names them, once. */
export function serveInitrd(lab: Lab, open: OpenSite, host: Host): Promise<void> {
    const shared = open.site.initrd === 'shared';
    const directory = shared ? open.served : hostDirectory(open.served, host.mac);
    return oneAtATime(`serving ${directory}`, () =>
        makeInitrd(lab, open, shared ? undefined : host, directory),
    );
}

async function makeInitrd(
    lab: Lab,
    { recipe, site }: OpenSite,
    host: Host | undefined,
    directory: string,
): Promise<void> {
    const initrd = join(directory, 'initrd.img');
    // A scenario before may have put them there.
    if (existsSync(initrd)) {
        return;
    }
    const made = await siteInitrd({
        scratch: join(lab.state, 'scratch'),
        base: rootNamed(lab.roots, recipe.root ?? 'plain'),
        rootFiles: recipe.rootFiles ?? {},
        site,
        ...(host === undefined ? {} : { host }),
    });
    await copyFile(made.kernel, join(directory, 'vmlinuz'));
    // It says that both are there, so it comes last, and whole.
    await copyFile(made.initrd, `${initrd}.unfinished`);
    await rename(`${initrd}.unfinished`, initrd);
}
