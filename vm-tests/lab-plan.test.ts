import { expect, test } from 'vitest';
import type { Host, Site } from '../generator/model/site.ts';
import { neededCaps } from './cluster/caps.ts';
import { planNetwork } from './network/bridge.ts';

type Image = Host['image'];

function aSite(monitor: string, images: readonly (readonly [string, Image])[]): Site {
    return {
        cluster: { monitors: [{ address: monitor, port: 6789 }] },
        hosts: images.map(([client, image]) => ({ client, image })),
    } as unknown as Site;
}

test('the network lies around the monitor, and the boot server beside it', () => {
    expect(planNetwork(aSite('10.77.0.10', []))).toMatchObject({
        monitor: '10.77.0.10',
        server: '10.77.0.1',
        leases: ['10.77.0.100', '10.77.0.199'],
    });
    expect(planNetwork(aSite('192.0.2.1', [])).server).toBe('192.0.2.2');
    expect(() => planNetwork(aSite('fd00::1', []))).toThrow('needs an IPv4 address');
});

test('a client may reach the places of its own images, each named once', () => {
    const caps = neededCaps(
        aSite('10.77.0.10', [
            ['desks', { pool: 'rbd', namespace: 'hosts', image: 'desk1' }],
            ['desks', { pool: 'rbd', namespace: 'hosts', image: 'desk2' }],
            ['desks', { pool: 'fast', image: 'desk3' }],
            ['labs', { pool: 'rbd', namespace: 'labs', image: 'lab1' }],
        ]),
    );
    expect(Object.fromEntries(caps)).toEqual({
        'client.desks': {
            mon: 'profile rbd',
            osd: 'profile rbd pool=rbd namespace=hosts, profile rbd pool=fast',
        },
        'client.labs': { mon: 'profile rbd', osd: 'profile rbd pool=rbd namespace=labs' },
    });
});
