import type { Host } from '../generator/model/site.ts';
import type { Wish } from './broker.ts';
import type { Lab } from './lab.ts';
import { directAddress, leasedAddress } from './network/addresses.ts';
import type { MachineName, ScenarioPlan } from './scenario-plan.ts';
import { hostIn } from './site.ts';
import type { SiteName } from './sites/recipes.ts';
import { siteNamed } from './sites/site-named.ts';

/** The configuration and the host in `fleet/desk1`. */
export function partsOf(machine: Exclude<MachineName, 'reference'>): {
    readonly site: SiteName;
    readonly host: string;
} {
    const at = machine.indexOf('/');
    return { site: machine.slice(0, at) as SiteName, host: machine.slice(at + 1) };
}

/**
 * What a scenario must have for itself before it begins: its machines, the addresses that they may
 * have, and room for those that have power at the same time.
 */
export async function wishOf(lab: Lab, plan: ScenarioPlan): Promise<Wish> {
    const { cluster = 'shared', id, machines, together = 1 } = plan;
    const named = machines.filter((name) => name !== 'reference').map(partsOf);
    const hosts = await Promise.all(named.map(hostsOf));
    const addresses = [...hosts.flat(), ...(machines.includes('reference') ? [lab.host] : [])]
        .flatMap((host) => [directAddress(lab, host), leasedAddress(lab, host), fixed(host)])
        .concat(plan.addresses ?? [])
        .filter((address) => address !== undefined);
    const whole = named.filter(({ host }) => host === '*').map(({ site }) => siteLock(site));
    const parts = named.map(({ site }) => siteLock(site)).filter((name) => !whole.includes(name));
    const alone = cluster === 'alone';
    const own = cluster === 'own' ? named.map(({ site }) => `cluster of ${site}`) : [];
    return {
        who: id,
        exclusive: [
            ...machines.map((name) => `machine ${name}`),
            ...new Set(addresses.map((address) => `address ${address}`)),
            ...whole,
            ...new Set(own),
            ...(alone ? ['cluster'] : []),
        ],
        shared: [...new Set(parts), ...(alone ? [] : ['cluster'])],
        machines: machines.length === 0 ? 0 : together,
        ...(alone ? { last: true } : {}),
    };
}

function siteLock(site: SiteName): string {
    return `configuration ${site}`;
}

async function hostsOf({
    site,
    host,
}: {
    readonly site: SiteName;
    readonly host: string;
}): Promise<readonly Host[]> {
    const configuration = await siteNamed(site);
    return host === '*' ? configuration.hosts : [hostIn(configuration, host)];
}

/** The address that the configuration itself gives to a host. */
function fixed({ address }: Host): string | undefined {
    return typeof address === 'object' ? address.ip.address : undefined;
}
