import type { ConfigPath } from '../diagnostics/diagnostic.ts';
import { type Bond, parseBond } from '../model/bond.ts';
import { parseGateway, parseInterfaceAddress } from '../model/interface-address.ts';
import { type MacAddress, parseMacAddress } from '../model/mac-address.ts';
import { parseMtu } from '../model/mtu.ts';
import type { AddressSource, Host } from '../model/site.ts';
import { parseVlanId } from '../model/vlan-id.ts';
import type { Problem } from './problem.ts';
import type { CheckedSpec } from './schema.ts';
import { refusal, take, takeAll } from './take.ts';

type CheckedHost = CheckedSpec['hosts'][string];

/** How a host reaches the cluster, by the keys that say so. */
export type Connection = Pick<Host, 'address' | 'mtu' | 'vlan' | 'bond'>;

/** @param at the path of a key of the host. */
export function parseConnection(
    spec: CheckedHost,
    mac: MacAddress | undefined,
    at: (...rest: ConfigPath) => ConfigPath,
    problems: Problem[],
): Connection | undefined {
    const address = parseAddress(spec.address, at('address'), problems);
    const family = typeof address === 'object' ? address.ip.family : 4;
    const mtu =
        spec.mtu === undefined
            ? undefined
            : take(problems, at('mtu'), spec.mtu, (bytes) => parseMtu(bytes, family));
    const vlan =
        spec.vlan === undefined ? undefined : take(problems, at('vlan'), spec.vlan, parseVlanId);
    const bond =
        mac === undefined ? undefined : readBond(spec.bond, mac, at('bond', 'nics'), problems);
    return address === undefined
        ? undefined
        : {
              address,
              ...(mtu === undefined ? {} : { mtu }),
              ...(vlan === undefined ? {} : { vlan }),
              ...(bond === undefined ? {} : { bond }),
          };
}

function parseAddress(
    spec: CheckedHost['address'],
    path: ConfigPath,
    problems: Problem[],
): AddressSource | undefined {
    if (spec === undefined || typeof spec === 'string') {
        return spec ?? 'lease';
    }
    const ip = take(problems, [...path, 'ip'], spec.ip, parseInterfaceAddress);
    if (ip === undefined || spec.gateway === undefined) {
        return ip === undefined ? undefined : { ip };
    }
    const gateway = take(problems, [...path, 'gateway'], spec.gateway, (text) =>
        parseGateway(text, ip),
    );
    return { ip, ...(gateway === undefined ? {} : { gateway }) };
}

function readBond(
    spec: CheckedHost['bond'],
    mac: MacAddress,
    path: ConfigPath,
    problems: Problem[],
): Bond | undefined {
    if (spec === undefined) {
        return undefined;
    }
    const nics = takeAll(problems, path, spec.nics, parseMacAddress);
    if (nics.length < spec.nics.length) {
        return undefined;
    }
    const bond = parseBond(spec.mode, nics, mac);
    if (!bond.ok) {
        problems.push(refusal(path, bond.reason));
        return undefined;
    }
    return bond.value;
}
