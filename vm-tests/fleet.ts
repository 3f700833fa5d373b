import { copyFile, cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import type { Host, Site } from '../generator/model/site.ts';
import { type Credential, printKeyring } from './cluster/key.ts';
import { Complaint } from './complaint.ts';
import { runReleased } from './released.ts';
import { siteIn } from './site.ts';

/** Machines that share one initrd, for scenarios that need more than one or one with a fault. */
export interface Fleet {
    readonly hosts: readonly Host[];
    /** By entity. */
    readonly credentials: readonly Credential[];
    /** The initrd without any host archive, as it is served. */
    readonly initrd: string;
}

/** The configuration of that name in `sites/`. */
export function siteFile(name: string): string {
    return fileURLToPath(new URL(`sites/${name}.boot.config.ts`, import.meta.url));
}

/**
 * The configuration of the fleet.
 *
 * @throws Complaint if its machines would look for another cluster than the one of the lab.
 */
export async function fleetSite(lab: Site): Promise<Site> {
    const site = await siteIn(siteFile('fleet'));
    if (JSON.stringify(site.cluster) !== JSON.stringify(lab.cluster)) {
        throw new Complaint(
            'the scenarios with several machines boot those of vm-tests/sites, on the cluster of the' +
                ' reference example: for a configuration of your own, say RBDBOOT_TIER=first',
        );
    }
    return site;
}

/** Puts keyrings where `rbdboot` looks for them, seen in this namespace alone. */
export async function layKeyrings(credentials: readonly Credential[]): Promise<void> {
    await execa('mount', ['-t', 'tmpfs', '-o', 'mode=700', 'keyrings', '/etc/ceph']);
    for (const credential of credentials) {
        await writeFile(
            `/etc/ceph/ceph.${credential.entity}.keyring`,
            printKeyring([{ ...credential, caps: {} }]),
            { mode: 0o600 },
        );
    }
}

/**
 * Serves the fleet: the scripts and the archives of its hosts beside those that are there, kernel
 * and initrd at the top.
 *
 * @param scratch a directory in memory.
 */
export async function serveFleet(
    site: Site,
    made: { readonly kernel: string; readonly initrd: string },
    served: string,
    scratch: string,
): Promise<void> {
    const out = join(scratch, 'fleet-boot');
    await mkdir(out);
    await runReleased('ipxe', '--out', out, '--config', site.source);
    await cp(join(out, 'by-mac'), join(served, 'by-mac'), { recursive: true });
    await copyFile(made.kernel, join(served, 'vmlinuz'));
    await copyFile(made.initrd, join(served, 'initrd.img'));
}
