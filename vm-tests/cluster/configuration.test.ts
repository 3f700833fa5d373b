import { expect, test } from 'vitest';
import { printConfiguration } from './configuration.ts';
import type { ClusterPlan } from './plan.ts';

const plan: ClusterPlan = {
    fsid: '3c1c6c2e-52a2-4ef7-9d3b-0c1f4f2d7a03',
    monitors: ['10.77.0.201', '10.77.0.202', '10.77.0.203'].map((address) => ({
        address,
        port: 6789,
    })),
    osds: 4,
    store: 'bluestore',
    capacity: 1024 ** 3,
    options: { 'osd client watch timeout': '5' },
    clients: [],
    state: '/run/state',
    logs: '/logs',
};

/** The settings of a section, by name. */
function settings(text: string, section: string): Readonly<Record<string, string>> {
    const [, body = ''] = text.split(`[${section}]\n`);
    const lines = body.split('\n[')[0]?.split('\n') ?? [];
    return Object.fromEntries(
        lines.filter((line) => /^\w.* = /.test(line)).map((line) => line.split(' = ')),
    );
}

test('each node has a monitor, and OSDs in turn', () => {
    const text = printConfiguration(plan);
    expect(settings(text, 'global')['mon initial members']).toBe('a,b,c');
    const addresses = ['mon.a', 'mon.b', 'mon.c', 'osd.0', 'osd.1', 'osd.2', 'osd.3'].map(
        (daemon) => settings(text, daemon)['public addr'],
    );
    expect(addresses).toEqual([1, 2, 3, 1, 2, 3, 1].map((node) => `10.77.0.20${node}`));
});

test('an object has a copy on each OSD, and can be written while most of them are there', () => {
    const minimum = (osds: number) =>
        settings(printConfiguration({ ...plan, osds }), 'global')['osd pool default min size'];
    expect([1, 2, 3].map(minimum)).toEqual(['1', '1', '2']);
});

test('options of the plan are those of all daemons and clients', () => {
    expect(settings(printConfiguration(plan), 'global')).toMatchObject({
        'osd client watch timeout': '5',
    });
});

test('a cluster with IPv6 has no IPv4 address, since kernels take an OSD with one of them', () => {
    const monitors = [{ address: 'fd77::10', port: 6789 }];
    const global = settings(printConfiguration({ ...plan, monitors }), 'global');
    expect(global).toMatchObject({
        'mon host': '[v2:[fd77::10]:3300/0,v1:[fd77::10]:6789/0]',
        'ms bind ipv4': 'false',
        'ms bind ipv6': 'true',
    });
});
