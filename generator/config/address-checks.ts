import { familyOf, isInNetwork } from '../model/interface-address.ts';
import type { Host } from '../model/site.ts';
import type { UncheckedSite } from './cross-checks.ts';
import type { Problem } from './problem.ts';

/** Two machines with one address cut each other off. */
export function sameAddress({ hosts }: UncheckedSite): readonly Problem[] {
    const firsts = new Map<string, Host>();
    return hosts.flatMap((host) => {
        if (typeof host.address === 'string') {
            return [];
        }
        const { address } = host.address.ip;
        const first = firsts.get(address);
        if (first === undefined) {
            firsts.set(address, host);
            return [];
        }
        return {
            code: 'RB127',
            message: `hosts ${first.name} and ${host.name} both have the address ${address}`,
            hint: `give ${host.name} one of its own`,
            path: ['hosts', host.name, 'address', 'ip'],
            part: 'value',
        } as const;
    });
}

/** What a machine's address cannot lead to, the boot would find out a minute after power-on. */
export function noWayToMonitors(site: UncheckedSite): readonly Problem[] {
    return site.hosts.flatMap((host) => {
        const reason = whyNoWay(site, host);
        return reason === undefined ? [] : ({ code: 'RB128', part: 'value', ...reason } as const);
    });
}

type Reason = Pick<Problem, 'message' | 'hint' | 'path'>;

function whyNoWay({ cluster }: UncheckedSite, host: Host): Reason | undefined {
    const { name, address, vlan } = host;
    const path = ['hosts', name, 'address'];
    if (address === 'lease' && vlan !== undefined) {
        return {
            message: `${name} would use the address that iPXE leases outside of VLAN ${vlan} inside of it`,
            hint: "write address: 'dhcp', or the address that it has in the VLAN",
            path: ['hosts', name, 'vlan'],
        };
    }
    const family = typeof address === 'string' ? 4 : address.ip.family;
    const monitors = cluster.monitors.map((monitor) => monitor.address);
    const near = monitors.filter((monitor) => familyOf(monitor) === family);
    if (near.length === 0) {
        const other = family === 4 ? 6 : 4;
        return {
            message: `${name} has an IPv${family} address alone, and every monitor has an IPv${other} address`,
            hint:
                other === 6
                    ? "give it an address of that family: address: { ip: 'fd00::5/64' }"
                    : "give it an address of that family: address: 'lease', or { ip: '10.0.0.5/24' }",
            path,
        };
    }
    // A router of IPv6 announces itself.
    if (typeof address === 'string' || family === 6 || address.gateway !== undefined) {
        return undefined;
    }
    return near.some((monitor) => isInNetwork(monitor, address.ip))
        ? undefined
        : {
              message: `${name} has no gateway, and no monitor is in the network of ${address.ip.address}/${address.ip.prefix}`,
              hint: 'add the "gateway" of its network',
              path,
          };
}
