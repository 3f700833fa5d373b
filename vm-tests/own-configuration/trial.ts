import type { KernelVersion } from '../../generator/model/kernel-version.ts';
import { printMonitorAddress } from '../../generator/model/monitor-address.ts';
import type { Host, Site } from '../../generator/model/site.ts';
import { type RootFlavour, type RootFlavourName, rootFlavours } from '../images/base-root.ts';
import { type HostPlan, planHost } from './host-plan.ts';
import type { Impossible } from './impossible.ts';
import { familyOfHost, monitorsOf } from './monitor-plan.ts';
import type { ConfigurationChanges } from './stand-in-configuration.ts';

/** The Debian releases that a root can have. */
export const releases = Object.freeze(['bookworm', 'trixie'] as const);
export type Release = (typeof releases)[number];

/** What somebody asks to have tried. */
export interface TrialRequest {
    readonly hosts: readonly string[];
    readonly release: Release;
    /** Debian packages for the system on the images, besides those that the configuration needs. */
    readonly packages: readonly string[];
}

/** What the lab makes for the hosts of a configuration that are tried. */
export interface TrialPlan {
    readonly hosts: readonly HostPlan[];
    readonly changes: ConfigurationChanges;
    /** Bare Debian roots of the table that it needs. */
    readonly flavours: readonly RootFlavourName[];
    /** The root that its images and initrds are made from: of the table, or another one. */
    readonly root: RootFlavourName | RootFlavour;
}

/** @returns the plan, or everything that cannot be tried, with the host it is of. */
export function planTrial(
    site: Site,
    request: TrialRequest,
): TrialPlan | readonly (Impossible & { readonly host: string })[] {
    const chosen = request.hosts.flatMap((name) => site.hosts.filter((host) => host.name === name));
    const tried = { ...site, hosts: chosen };
    const planned = chosen.map((host) => ({ host, plan: planHost(host) }));
    const problems = planned.flatMap(({ host, plan }) =>
        'message' in plan ? [{ ...plan, host: host.name as string }] : [],
    );
    const all = [...problems, ...otherFamily(chosen)];
    if (all.length > 0) {
        return all;
    }
    const hosts = planned.flatMap(({ plan }) => ('message' in plan ? [] : [plan]));
    const root = rootFor(request.release, [...packagesFor(chosen), ...request.packages]);
    const subvolumes = hosts.some(({ image }) => image.fileSystem.subvolumes !== undefined);
    return {
        hosts,
        changes: {
            monitors: monitorsOf(tried).map(printMonitorAddress),
            hosts: Object.fromEntries(hosts.map(({ changes, name }) => [name, changes])),
        },
        flavours: [
            ...(typeof root === 'string' ? [root] : []),
            ...(subvolumes ? (['btrfs-tools'] as const) : []),
        ],
        root,
    };
}

/** The release of which the kernel is not older than any that the configuration speaks of. */
export function defaultRelease(kernel: KernelVersion | undefined): Release {
    const { major, minor } = kernel ?? { major: 6, minor: 1 };
    return major > 6 || (major === 6 && minor > 1) ? 'trixie' : 'bookworm';
}

/** A cluster has addresses of one family, so one lab has machines of one family. */
function otherFamily(hosts: readonly Host[]): readonly (Impossible & { readonly host: string })[] {
    const [first] = hosts;
    if (first === undefined) {
        return [];
    }
    const family = familyOfHost(first);
    return hosts
        .filter((host) => familyOfHost(host) !== family)
        .map((host) => ({
            host: host.name,
            path: ['address'],
            value: `an IPv${familyOfHost(host)} address`,
            message: `the cluster of this run has IPv${family}, as ${first.name} needs it`,
            hint: `try ${host.name} in a run of its own: --host ${host.name}`,
        }));
}

function packagesFor(hosts: readonly Host[]): readonly string[] {
    const kinds = new Set(hosts.map(({ luks }) => luks?.kind));
    return [
        ...(kinds.has('passphrase') || kinds.has('key-file') ? ['cryptsetup-bin'] : []),
        ...(kinds.has('crypttab') ? ['cryptsetup-initramfs'] : []),
    ];
}

/** What the scenarios boot from too, in the order in which one is looked for. */
const known = ['plain', 'cryptsetup', 'crypttab', 'trixie'] as const;

function rootFor(suite: Release, packages: readonly string[]): TrialPlan['root'] {
    // cryptsetup-initramfs brings cryptsetup-bin along.
    const wanted = packages.filter(
        (name) => name !== 'cryptsetup-bin' || !packages.includes('cryptsetup-initramfs'),
    );
    const table: Readonly<Record<string, RootFlavour>> = rootFlavours;
    const found = known.find((name) => {
        const flavour = table[name];
        const has = new Set(flavour?.packages);
        return flavour?.suite === suite && wanted.every((one) => has.has(one));
    });
    if (found !== undefined) {
        return found;
    }
    const common = suite === 'trixie' ? ['e2fsprogs'] : [];
    return { suite, packages: [...new Set([...common, ...wanted])].sort() };
}
