import { describe, expect, it } from 'vitest';
import { parseInterfaceAddress } from '../model/interface-address.ts';
import { since } from '../model/kernel-version.ts';
import { type MapOption, parseMapOption } from '../model/map-option.ts';
import type { MapOptionName } from '../model/map-options.ts';
import type { Host } from '../model/site.ts';
import { aHost, aSite } from '../testing/builders.ts';
import { crossCheck, type UncheckedSite } from './cross-checks.ts';

function option(name: MapOptionName, value: string | number | boolean): readonly MapOption[] {
    const parsed = parseMapOption(name, value);
    return parsed.ok && parsed.value !== undefined ? [parsed.value] : [];
}

const first = aHost();
const second = aHost({
    name: 'desk2',
    mac: '52:54:00:12:34:02',
    image: { pool: 'rbd', image: 'desk2' },
});

function codesOf(site: UncheckedSite): readonly string[] {
    return crossCheck(site).map(({ code, path }) => `${code} ${path.join('.')}`);
}

function withHost(changes: Partial<Host>, site: Partial<UncheckedSite> = {}): UncheckedSite {
    return aSite({ hosts: [{ ...first, ...changes }], ...site });
}

function withMonitors(...ports: readonly number[]): Pick<UncheckedSite, 'cluster'> {
    const monitors = ports.map((port, index) => ({ address: `10.0.0.${index}`, port }));
    return { cluster: { ...aSite().cluster, monitors } };
}

describe('crossCheck', () => {
    it('has nothing to say of two good hosts', () => {
        expect(codesOf(aSite({ hosts: [first, second] }))).toEqual([]);
    });

    it('names each host that repeats what an earlier one has', () => {
        const third = { ...second, name: aHost({ name: 'desk3' }).name };
        expect(codesOf(aSite({ hosts: [first, second, third] }))).toEqual([
            'RB108 hosts.desk3.mac',
            'RB109 hosts.desk3.image',
        ]);
    });

    it('looks at each NIC of a bond', () => {
        const bond = { mode: 'active-backup', nics: [first.mac, second.mac] } as const;
        expect(codesOf(aSite({ hosts: [second, { ...first, bond }] }))).toEqual([
            'RB108 hosts.desk1.bond.nics',
        ]);
    });

    it('finds a static address that two hosts have, in whatever spelling', () => {
        const address = (text: string) => {
            const parsed = parseInterfaceAddress(text);
            return { address: parsed.ok ? { ip: parsed.value } : ('dhcp' as const) };
        };
        const hosts = [
            { ...first, ...address('fd00::5/64') },
            { ...second, ...address('FD00:0::05/48') },
        ];
        const monitors = [{ address: 'fd00::1', port: 6789 }];
        expect(codesOf(aSite({ hosts, cluster: { ...aSite().cluster, monitors } }))).toEqual([
            'RB127 hosts.desk2.address.ip',
        ]);
    });

    it('sees when the address of a host does not lead to a monitor', () => {
        const from = (changes: Partial<Host>, ...monitors: readonly string[]) =>
            codesOf(
                withHost(changes, {
                    cluster: {
                        ...aSite().cluster,
                        monitors: monitors.map((address) => ({ address, port: 6789 })),
                    },
                }),
            );
        const at = (text: string, gateway?: string) => {
            const ip = parseInterfaceAddress(text);
            return { address: { ip: ip.ok && ip.value, ...(gateway ? { gateway } : {}) } } as never;
        };
        const wrong = ['RB128 hosts.desk1.address'];
        expect(from({ address: 'lease' }, 'fd00::1')).toEqual(wrong);
        expect(from({ address: 'dhcp' }, 'fd00::1', '10.0.0.1')).toEqual([]);
        expect(from(at('fd00::5/64'), '10.0.0.1')).toEqual(wrong);
        // A router of IPv6 announces itself, one of IPv4 has to be named.
        expect(from(at('fd00::5/64'), 'fd01::1')).toEqual([]);
        expect(from(at('10.0.0.5/24'), '10.0.1.1')).toEqual(wrong);
        expect(from(at('10.0.0.5/24'), '10.0.1.1', '10.0.0.1')).toEqual([]);
        expect(from(at('10.0.0.5/24', '10.0.0.254'), '10.0.1.1')).toEqual([]);
        const vlan = 7 as never;
        expect(from({ vlan }, '10.0.0.1')).toEqual(['RB128 hosts.desk1.vlan']);
        expect(from({ vlan, address: 'dhcp' }, '10.0.0.1')).toEqual([]);
    });

    it('compares options with the kernel, if it is known', () => {
        const mapOptions = [...option('rxbounce', true), ...option('queue_depth', 8)];
        expect(codesOf(withHost({ mapOptions }))).toEqual([]);
        expect(codesOf(withHost({ mapOptions }, { kernel: since('5.17') }))).toEqual([]);
        expect(codesOf(withHost({ mapOptions }, { kernel: since('5.10') }))).toEqual([
            'RB113 hosts.desk1.mapOptions.rxbounce',
        ]);
    });

    it('knows that messengers have ports of their own', () => {
        const mapOptions = option('ms_mode', 'secure');
        expect(codesOf(withHost({}, withMonitors(6789, 3300)))).toEqual([
            'RB115 cluster.monitors.1',
        ]);
        expect(codesOf(withHost({ mapOptions }, withMonitors(3300, 6789)))).toEqual([
            'RB115 hosts.desk1.mapOptions.ms_mode',
        ]);
        expect(codesOf(withHost({ mapOptions }, withMonitors(3300, 7000)))).toEqual([]);
        expect(codesOf(withHost({}, withMonitors(7000)))).toEqual([]);
    });

    it('wants the lock among the features, and none that the kernel lacks', () => {
        expect(codesOf(withHost({ features: ['layering', 'exclusive-lock'] }))).toEqual([]);
        expect(codesOf(withHost({ features: ['layering'] }))).toEqual([
            'RB116 hosts.desk1.features',
        ]);
        expect(codesOf(withHost({ features: ['exclusive-lock', 'journaling'] }))).toEqual([
            'RB117 hosts.desk1.features.1',
        ]);
    });

    it('counts monitors as the kernel does', () => {
        expect(codesOf(withHost({}, withMonitors(...Array(31).fill(6789))))).toEqual([]);
        expect(codesOf(withHost({}, withMonitors(...Array(32).fill(6789))))).toEqual([
            'RB118 cluster.monitors.31',
        ]);
    });

    it('measures what goes to the kernel', () => {
        const image = (length: number) => ({ pool: 'rbd', image: 'x'.repeat(length) });
        expect(codesOf(withHost({ image: image(3900) }))).toEqual([]);
        expect(codesOf(withHost({ image: image(4100) }))).toEqual(['RB119 hosts.desk1.image']);
        const words = (length: number) => [`a=${'x'.repeat(length)}`];
        expect(codesOf(withHost({ kernelArguments: words(1837) }))).toEqual([]);
        expect(codesOf(withHost({ kernelArguments: words(1838) }))).toEqual([
            'RB124 hosts.desk1.kernelArguments',
        ]);
    });
});
