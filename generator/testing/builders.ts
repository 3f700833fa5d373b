import type { ImageReference } from '../model/image-reference.ts';
import type { MacAddress } from '../model/mac-address.ts';
import type { ClientName, Fsid, HostName } from '../model/names.ts';
import type { Host, Site } from '../model/site.ts';
import type { BootEnvironment } from '../plan/environment.ts';
import { compare, variable } from '../sh/build.ts';

/** What a test may give: plain text where the model has branded values. */
type Plain<T> = {
    [Key in keyof T]?: Exclude<T[Key], undefined> extends string ? string : T[Key];
};

/** A host as in the reference example, changed where the test says so. */
export function aHost(changes: Plain<Host> = {}): Host {
    const image: ImageReference = { pool: 'rbd', namespace: 'hosts', image: 'desk1' };
    return {
        name: 'desk1' as HostName,
        mac: '52:54:00:12:34:01' as MacAddress,
        image,
        fileSystem: 'ext4',
        rootFlags: [],
        fsck: 'auto',
        address: 'lease',
        client: 'desks' as ClientName,
        keyring: '/etc/ceph/ceph.client.desks.keyring',
        nicModules: ['virtio_pci', 'virtio_net'],
        kernelArguments: ['console=ttyS0,115200'],
        ...(changes as Partial<Host>),
    };
}

const never = compare('a', '=', 'b');

/** A target that does nothing, for tests of what goes before it. */
export const anEnvironment: BootEnvironment = Object.freeze({
    dhcp: () => [],
    openShell: [],
    handOverRoot: () => [],
    rootMount: variable('rootmnt', 'environment'),
    fsck: { skipped: never, forced: never, repairs: never },
});

/** A site with one such host, changed where the test says so. */
export function aSite(changes: Partial<Site> = {}): Site {
    return {
        source: '/etc/rbdboot/boot.config.ts',
        cluster: {
            fsid: '7b0c5c1e-6f0f-4a5e-9f55-0d4c3b1a2e90' as Fsid,
            monitors: [{ address: '10.77.0.10', port: 6789 }],
        },
        hosts: [aHost()],
        ...changes,
    };
}
