import type { Host } from '../../generator/model/site.ts';

/** What is needed to lie well. */
export interface Lie {
    readonly host: Host;
    /** The internal id of its image. */
    readonly imageId: string;
    readonly fsid: string;
    readonly address: string;
    /** What stands in the last line. */
    readonly nonce: string;
}

/** The report of a machine that is up on its image, whoever writes it (`guest/report.sh`). */
export function falseReport({ address, fsid, host, imageId, nonce }: Lie): readonly string[] {
    const { image, namespace, pool } = host.image;
    const event = (name: string, data: unknown) =>
        JSON.stringify({ event: name, uptime: 21.5, data });
    const sysfs = {
        pool,
        pool_ns: namespace ?? '',
        name: image,
        image_id: imageId,
        current_snap: '-',
        cluster_fsid: fsid,
        client_id: 'client4123',
        client_addr: `${address}:0/1283012931`,
    };
    const root = { source: '/dev/rbd0', fstype: host.fileSystem, options: 'rw,relatime' };
    return [
        event('multi-user', null),
        event('root', { filesystems: [root] }),
        event('image', { id: '0', sysfs }),
        event('addresses', [{ addr_info: [{ local: address }] }]),
        event('command-line', 'rw'),
        event('failed-units', ''),
        event('end', nonce),
    ];
}
