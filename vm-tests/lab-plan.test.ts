import { expect, test } from 'vitest';
import type { Host, Site } from '../generator/model/site.ts';
import { neededCaps } from './cluster/caps.ts';
import { planNetwork } from './network/plan.ts';

type Image = Host['image'];

function aSite(monitor: string, images: readonly (readonly [string, Image])[]): Site {
    return {
        cluster: { monitors: [{ address: monitor, port: 6789 }] },
        hosts: images.map(([client, image]) => ({ client, image, address: 'lease' })),
    } as unknown as Site;
}

test('the network lies around the monitor, and the boot server beside it', () => {
    expect(planNetwork(aSite('10.77.0.10', []))).toMatchObject({
        monitor: '10.77.0.10',
        server: '10.77.0.1',
        leases: ['10.77.0.100', '10.77.0.199'],
    });
    expect(planNetwork(aSite('192.0.2.1', [])).server).toBe('192.0.2.2');
});

test('a cluster with IPv6 alone lies in a network for the boot, which has nothing of it', () => {
    expect(planNetwork(aSite('fd00::1', []))).toMatchObject({
        server: '10.99.0.1',
        addresses: ['fd00::1'],
        announced: 'fd77::',
    });
    expect(planNetwork(aSite('fd77::1', [])).announced).toBe('fd77:77::');
});

test('nobody is leased what a machine, a monitor or a router has', () => {
    const site = withHosts(
        ['10.77.0.150', '10.80.0.7'],
        [{ address: { ip: address('10.77.0.1'), gateway: '10.77.0.2' } }, {}],
    );
    expect(planNetwork(site)).toMatchObject({
        prefix: '10.77.0',
        server: '10.77.0.3',
        leases: ['10.77.0.4', '10.77.0.103'],
        addresses: ['10.77.0.150', '10.80.0.7', '10.77.0.2'],
        machines: ['10.77.0.1'],
    });
});

test('a VLAN that all machines are in has the network of the monitor', () => {
    const inVlan = { vlan: 7, address: { ip: address('10.77.0.33') } };
    const planned = planNetwork(withHosts(['10.77.0.10'], [inVlan, { vlan: 7 }]));
    expect(planned).toMatchObject({ bridge: 'br0', prefix: '10.99.0', machines: [] });
    expect(planned.vlans).toMatchObject([
        { id: 7, bridge: 'vlan7', prefix: '10.77.0', machines: ['10.77.0.33'] },
    ]);
});

test('a VLAN that some machines are in has a network of its own', () => {
    const planned = planNetwork(withHosts(['10.77.0.10'], [{ vlan: 7 }, { vlan: 8 }, {}]));
    expect(planned.prefix).toBe('10.77.0');
    expect(planned.vlans).toMatchObject([
        { id: 7, prefix: '10.99.0', server: '10.99.0.1' },
        { id: 8, prefix: '10.98.0', server: '10.98.0.1' },
    ]);
});

test('no two Ethernets lie in the same network, however many VLANs there are', () => {
    const vlans = Array.from({ length: 9 }, (_, index) => ({ vlan: index + 2 }));
    const planned = planNetwork(withHosts(['172.30.1.10'], [...vlans, {}]));
    const networks = [planned, ...planned.vlans].map(({ prefix }) => /^\d+\.\d+/.exec(prefix)?.[0]);
    expect(new Set(networks).size).toBe(10);
});

test('a router announces itself to machines with IPv6 that name none', () => {
    const six = { ip: { family: 6, address: 'fd00::5', prefix: 64 } };
    const announces = (host: object) => planNetwork(withHosts(['fd00::1'], [host])).announcesRouter;
    expect(announces({ address: six })).toBe(true);
    expect(announces({ address: { ...six, gateway: 'fe80::1' } })).toBe(false);
    expect(announces({})).toBe(false);
});

function address(text: string) {
    return { family: 4, address: text, prefix: 24 } as const;
}

function withHosts(monitors: readonly string[], hosts: readonly object[]): Site {
    return {
        cluster: { monitors: monitors.map((one) => ({ address: one, port: 6789 })) },
        hosts: hosts.map((host) => ({ address: 'lease', ...host })),
    } as unknown as Site;
}

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
