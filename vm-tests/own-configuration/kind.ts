import type { Host, Site } from '../../generator/model/site.ts';

/**
 * What a host is like for the lab: hosts of which this is the same differ in their names alone, and
 * one of them shows what all of them would.
 */
export function kindOf({ acceptRbdroot, cluster, initrd, menu }: Site, host: Host): string {
    const {
        address,
        bond,
        client: _,
        image,
        keyring: __,
        mac: ___,
        name: ____,
        uuid,
        ...rest
    } = host;
    return JSON.stringify({
        ...rest,
        address: typeof address === 'string' ? address : [address.ip.family, 'gateway' in address],
        bond: bond?.mode,
        image: [image.namespace !== undefined, image.snapshot !== undefined],
        uuid: uuid !== undefined,
        plan: host.plan !== undefined,
        site: [initrd, acceptRbdroot, menu !== undefined],
        monitors: cluster.monitors.map(({ port }) => port),
    });
}
