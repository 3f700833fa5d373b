import { whyUnsupported } from '../model/image-feature.ts';
import { printImageReference } from '../model/image-reference.ts';
import { isOlder, printKernelVersion } from '../model/kernel-version.ts';
import { printMapOptions } from '../model/map-option.ts';
import { mapOptionRules } from '../model/map-options.ts';
import { printMonitorAddress } from '../model/monitor-address.ts';
import type { Host, Site } from '../model/site.ts';
import { noWayToMonitors, sameAddress } from './address-checks.ts';
import type { Problem } from './problem.ts';
import { rootChecks, rootSettings, writesToImage } from './root-checks.ts';

/** A site of which each value is accepted, but not yet how they go together. */
export type UncheckedSite = Omit<Site, 'source'>;

/** What no value shows alone: one function a check, in no order. */
export function crossCheck(site: UncheckedSite): readonly Problem[] {
    const checks = [
        sameMac,
        sameUuid,
        sameImage,
        sameAddress,
        noWayToMonitors,
        sameBootDirectory,
        tooManyMonitors,
        optionNewerThanKernel,
        messengerAndPort,
        missingFeature,
        unsupportedFeature,
        longMapLine,
        longCommandLine,
        secondFailurePolicy,
        differentInSharedInitrd,
        ...rootChecks,
        rbdrootWithoutSharedInitrd,
    ];
    return checks.flatMap((check) => check(site));
}

/** iPXE tells machines apart by MAC; a script's directory is named after it. */
function sameMac({ hosts }: UncheckedSite): readonly Problem[] {
    const nics = hosts.flatMap((host) =>
        (host.bond?.nics ?? [host.mac]).map((mac) => ({ host, mac })),
    );
    return duplicates(nics, ({ mac }) => mac).map(([first, { host, mac }]) => ({
        code: 'RB108',
        message: `hosts ${first.host.name} and ${host.name} both have the MAC address ${mac}`,
        hint: 'each machine is found by its own address: "ip link" shows it',
        path: ['hosts', host.name, ...(mac === host.mac ? ['mac'] : ['bond', 'nics'])],
        part: 'value',
    }));
}

/** The same for UUIDs, of which not every host has to name one. */
function sameUuid({ hosts }: UncheckedSite): readonly Problem[] {
    const named = hosts.filter(({ uuid }) => uuid !== undefined);
    return duplicates(named, ({ uuid = '' }) => uuid).map(([first, host]) => ({
        code: 'RB136',
        message: `hosts ${first.name} and ${host.name} both have the UUID ${host.uuid}`,
        hint: '"cat /sys/class/dmi/id/product_uuid" on each machine prints its own; where two print the same, leave it out',
        path: ['hosts', host.name, 'uuid'],
        part: 'value',
    }));
}

/** An image has one writer; of a snapshot there is none. */
function sameImage({ hosts }: UncheckedSite): readonly Problem[] {
    return duplicates(hosts.filter(writesToImage), ({ image }) => printImageReference(image)).map(
        ([first, host]) => ({
            code: 'RB109',
            message: `hosts ${first.name} and ${host.name} would both write to the image ${printImageReference(host.image)}`,
            hint: `two writers destroy a file system: make ${host.name} an image of its own, for instance with "rbd clone"`,
            path: ['hosts', host.name, 'image'],
            part: 'value',
        }),
    );
}

/** What one machine boots is not for another to write. */
function sameBootDirectory({ hosts }: UncheckedSite): readonly Problem[] {
    const placed = hosts.flatMap((host) =>
        host.bootDirectory === undefined ? [] : [{ host, ...host.bootDirectory }],
    );
    const byPlace = placed
        .map((one) => ({ ...one, place: `${one.fileSystem}:${one.path}/` }))
        .sort((one, other) => (one.place < other.place ? -1 : 1));
    // In this order, a directory comes right before the first one that is in it.
    return byPlace.flatMap(({ host, path, place }, index) => {
        const outer = byPlace[index - 1];
        if (outer === undefined || !place.startsWith(outer.place)) {
            return [];
        }
        const where = place === outer.place ? 'also that of' : `in ${outer.path}, that of`;
        return {
            code: 'RB137',
            message: `the boot directory ${path} of ${host.name} is ${where} ${outer.host.name}`,
            hint: 'give each machine a directory that no other may write to',
            path: ['hosts', host.name, 'bootDirectory', 'path'],
            part: 'value',
        } as const;
    });
}

/** One set of scripts serves all hosts: what is baked into it is the same for each. */
function differentInSharedInitrd({ initrd, hosts }: UncheckedSite): readonly Problem[] {
    const [first] = hosts;
    if (initrd !== 'shared' || first === undefined) {
        return [];
    }
    const problem = (host: Host, key: string, why: string): Problem => ({
        code: 'RB140',
        message: `the initrd is shared by all hosts, and ${host.name} ${why}`,
        hint: "make it the same for all hosts, or write initrd: 'per-host'",
        path: ['hosts', host.name, key],
        part: 'key',
    });
    const options = printMapOptions(first.mapOptions ?? []);
    return hosts.flatMap((host) => [
        ...(host.plan === undefined ? [] : [problem(host, 'plan', 'has a plan of its own')]),
        ...(host.bootDirectory === undefined
            ? []
            : [
                  problem(
                      host,
                      'bootDirectory',
                      'has a /boot with a kernel and an initrd of its own',
                  ),
              ]),
        ...(printMapOptions(host.mapOptions ?? []) === options
            ? []
            : [problem(host, 'mapOptions', `has other map options than ${first.name}`)]),
        ...(unlocking(host) === unlocking(first)
            ? []
            : [
                  problem(
                      host,
                      'luks' in host ? 'luks' : 'image',
                      `is unlocked in another way than ${first.name}`,
                  ),
              ]),
        ...Object.entries(rootSettings)
            .filter(([, print]) => print(host) !== print(first))
            .map(([key, print]) =>
                problem(host, key, `has ${print(host)} and ${first.name} ${print(first)}`),
            ),
    ]);
}

/** What is baked into the initrd of one host cannot be replaced from the kernel command line. */
function rbdrootWithoutSharedInitrd({ acceptRbdroot, initrd }: UncheckedSite): readonly Problem[] {
    if (acceptRbdroot !== true || initrd === 'shared') {
        return [];
    }
    return [
        {
            code: 'RB135',
            message:
                'acceptRbdroot is for an initrd that learns at boot which image to mount, and here each host has its own',
            hint: "write initrd: 'shared', or leave acceptRbdroot out",
            path: ['acceptRbdroot'],
            part: 'key',
        },
    ];
}

/** What of a container is baked into the scripts; a key comes with the archive of its host. */
function unlocking({ luks }: Host): string {
    return luks?.kind === 'passphrase' ? `passphrase ${luks.tries}` : (luks?.kind ?? 'none');
}

/** The size of the kernel's list (include/linux/ceph/ceph_fs.h, CEPH_MAX_MON). */
const maxMonitors = 31;

function tooManyMonitors({ cluster }: UncheckedSite): readonly Problem[] {
    const { length } = cluster.monitors;
    if (length <= maxMonitors) {
        return [];
    }
    return [
        {
            code: 'RB118',
            message: `${length} monitors are listed, and the kernel takes ${maxMonitors} at most`,
            hint: 'list some of them: the kernel learns of the others from the first that answers',
            path: ['cluster', 'monitors', maxMonitors],
            part: 'value',
        },
    ];
}

function optionNewerThanKernel({ kernel, hosts }: UncheckedSite): readonly Problem[] {
    if (kernel === undefined) {
        return [];
    }
    return hosts.flatMap(({ name: host, mapOptions = [] }) =>
        mapOptions.flatMap(({ name }) => {
            const { since } = mapOptionRules[name];
            if (since === undefined || !isOlder(kernel, since)) {
                return [];
            }
            const [came, has] = [since, kernel].map(printKernelVersion);
            return {
                code: 'RB113',
                message: `${name} came with Linux ${came}, and the kernel is ${has}`,
                hint: `leave ${name} out, or boot a newer kernel and correct "kernel"`,
                path: ['hosts', host, 'mapOptions', name],
                part: 'key',
            } as const;
        }),
    );
}

/** Messenger 1 and 2 have well-known ports, and neither answers on the other's. */
function messengerAndPort({ cluster, hosts }: UncheckedSite): readonly Problem[] {
    const ports = { 1: 6789, 2: 3300 } as const;
    const asks = (host: Host) => messengerOf(host);
    const first = hosts.find((host) => asks(host) === 1);
    const ofMonitors = cluster.monitors.flatMap((monitor, index) =>
        first === undefined || monitor.port !== ports[2]
            ? []
            : ({
                  code: 'RB115',
                  message: `${first.name} talks messenger 1, and port 3300 of ${monitor.address} answers messenger 2 alone`,
                  hint: `use port 6789, or give the hosts mapOptions: { ms_mode: 'prefer-crc' }`,
                  path: ['cluster', 'monitors', index],
                  part: 'value',
              } as const),
    );
    const legacy = cluster.monitors.find(({ port }) => port === ports[1]);
    const ofHosts = hosts
        .filter((host) => legacy !== undefined && asks(host) === 2)
        .map(
            ({ name }) =>
                ({
                    code: 'RB115',
                    message: `${name} talks messenger 2, and port 6789 of ${legacy?.address} answers messenger 1 alone`,
                    hint: `write the port of messenger 2: "${printMonitorAddress({ address: legacy?.address ?? '', port: ports[2] })}"`,
                    path: ['hosts', name, 'mapOptions', 'ms_mode'],
                    part: 'value',
                }) as const,
        );
    return [...ofMonitors, ...ofHosts];
}

function messengerOf({ mapOptions = [] }: Host): 1 | 2 {
    const mode = mapOptions.find(({ name }) => name === 'ms_mode')?.word ?? 'ms_mode=legacy';
    return mode === 'ms_mode=legacy' ? 1 : 2;
}

function missingFeature({ hosts }: UncheckedSite): readonly Problem[] {
    return hosts
        .filter(writesToImage)
        .filter(({ features }) => features?.includes('exclusive-lock') === false)
        .map(({ name, image }) => ({
            code: 'RB116',
            message: `the image of ${name} lacks the feature exclusive-lock, without which two machines could write to it`,
            hint: `add it: rbd feature enable ${printImageReference(image)} exclusive-lock`,
            path: ['hosts', name, 'features'],
            part: 'value',
        }));
}

function unsupportedFeature({ kernel, hosts }: UncheckedSite): readonly Problem[] {
    return hosts.flatMap(({ name, image, features = [] }) =>
        features.flatMap((feature, index) => {
            const reason = whyUnsupported(feature, kernel);
            if (reason === undefined) {
                return [];
            }
            return {
                code: 'RB117',
                message: `the image of ${name} has the feature ${feature}: ${reason}`,
                hint: `take it away: rbd feature disable ${printImageReference(image)} ${feature}`,
                path: ['hosts', name, 'features', index],
                part: 'value',
            } as const;
        }),
    );
}

/** sysfs takes less than a page in one write, and the kernel takes the line in one write. */
const longestMapLine = 4095;

function longMapLine({ cluster, hosts }: UncheckedSite): readonly Problem[] {
    const monitors = cluster.monitors.map(printMonitorAddress).join(',');
    return hosts.flatMap(({ name, client, image, mapOptions = [] }) => {
        const access = image.snapshot === undefined ? 'exclusive,lock_timeout=90' : 'ro';
        const own = `name=${client},key=client.${client},_pool_ns=${image.namespace ?? ''},${access},mount_timeout=60`;
        const options = mapOptions.length === 0 ? own : `${own},${printMapOptions(mapOptions)}`;
        const line = `${monitors} ${options} ${image.pool} ${image.image} ${image.snapshot ?? '-'}`;
        if (line.length <= longestMapLine) {
            return [];
        }
        return {
            code: 'RB119',
            message: `the line that maps the image of ${name} has ${line.length} bytes, and the kernel takes ${longestMapLine}`,
            hint: 'shorten the names, the location, or the list of monitors',
            path: ['hosts', name, 'image'],
            part: 'value',
        } as const;
    });
}

/** Kernels keep 2,048 bytes on most architectures (COMMAND_LINE_SIZE), and cut off the rest. */
const longestCommandLine = 2000;

/** What rbdboot itself writes there, at its longest: initrd, address, gateway and the like. */
const ownCommandLine = 160;

function longCommandLine({ hosts }: UncheckedSite): readonly Problem[] {
    return hosts.flatMap(({ name, kernelArguments }) => {
        const length = ownCommandLine + kernelArguments.map((word) => ` ${word}`).join('').length;
        if (length <= longestCommandLine) {
            return [];
        }
        return {
            code: 'RB124',
            message: `the kernel command line of ${name} has up to ${length} bytes, and ${longestCommandLine} are safe`,
            hint: 'the kernel cuts it off without a word: put what is not for the kernel into the image',
            path: ['hosts', name, 'kernelArguments'],
            part: 'value',
        } as const;
    });
}

/** The last `panic=` of a command line counts, and `onFailure` writes one. */
function secondFailurePolicy({ hosts }: UncheckedSite): readonly Problem[] {
    return hosts.flatMap(({ name, kernelArguments }) =>
        kernelArguments.flatMap((argument, index) => {
            const [, value] = /^panic(?:=(.*))?$/s.exec(argument) ?? [argument];
            if (argument !== 'panic' && value === undefined) {
                return [];
            }
            return {
                code: 'RB133',
                message: `${name} has ${JSON.stringify(argument)} among its kernel arguments, where "onFailure" puts a panic= already`,
                hint: `say it once: onFailure: ${policyFor(value)}`,
                path: ['hosts', name, 'kernelArguments', index],
                part: 'value',
            } as const;
        }),
    );
}

/** What to write in place of `panic=VALUE`. */
function policyFor(value: string | undefined): string {
    const seconds = Number(value);
    return Number.isInteger(seconds) && seconds > 0 ? `{ reboot: '${seconds}s' }` : "'halt'";
}

/** Each entry that has the same key as an earlier one, with that one before it. */
function duplicates<Entry>(
    entries: readonly Entry[],
    keyOf: (entry: Entry) => string,
): readonly (readonly [first: Entry, again: Entry])[] {
    const firsts = new Map<string, Entry>();
    return entries.flatMap((entry) => {
        const first = firsts.get(keyOf(entry));
        if (first !== undefined) {
            return [[first, entry] as const];
        }
        firsts.set(keyOf(entry), entry);
        return [];
    });
}
