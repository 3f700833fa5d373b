import { expect, test } from 'vitest';
import type { Observation } from './journal.ts';
import { printTimeline, timelineOf } from './timeline.ts';

const observations: readonly Observation[] = [
    { at: 1000, source: 'harness', text: 'power on' },
    { at: 4000, source: 'dhcp', text: 'dnsmasq-dhcp[7]: 1 DHCPDISCOVER(br0) 52:54:00:12:34:01' },
    { at: 4500, source: 'dhcp', text: 'dnsmasq-dhcp[7]: 1 DHCPACK(br0) 10.77.0.101' },
    { at: 9000, source: 'console', text: 'rbdboot[map-image]: maps rbd/hosts/desk1' },
    { at: 9500, source: 'console', text: '[    7.1] rbdboot[map-image]: is /dev/rbd0' },
    // nginx tells of a request when it is over, so this comes late in the journal.
    { at: 6000, source: 'http', text: '200 /by-mac/52-54-00-12-34-01/vmlinuz 8247232 bytes' },
    { at: 31_000, source: 'guest', text: 'multi-user' },
];

test('each phase begins at its first sign and lasts until the next', () => {
    expect(timelineOf(observations, 1000)).toEqual([
        { name: 'firmware', at: 0, took: 3 },
        { name: 'iPXE: lease', at: 3, took: 0.5 },
        { name: 'iPXE: script', at: 3.5, took: 1.5 },
        { name: 'iPXE: initrd', at: 5, took: 3 },
        { name: 'rbdboot: map-image', at: 8, took: 22 },
        { name: 'multi-user', at: 30 },
    ]);
});

test('a system that asks for a lease is not in iPXE again', () => {
    const line = 'dnsmasq-dhcp[7]: 1 DHCPDISCOVER(br0) 52:54:00:12:34:01';
    const seen: readonly Observation[] = [
        { at: 0, source: 'harness', text: 'power on' },
        { at: 400, source: 'console', text: '[    0.000000] Linux version 6.1.0-56-amd64' },
        { at: 9000, source: 'dhcp', text: line },
    ];
    expect(timelineOf(seen, 0).map(({ name }) => name)).toEqual(['firmware', 'kernel']);
});

test('the table is for people', () => {
    const lines = printTimeline(timelineOf(observations, 1000)).split('\n');
    expect(lines[0]).toBe('   0.0 s  firmware             3.0 s  ####');
    expect(lines.at(-1)).toBe('  30.0 s  multi-user');
});

test('a machine that never had power has no phases', () => {
    expect(printTimeline(timelineOf([], 0))).toBe('');
});
