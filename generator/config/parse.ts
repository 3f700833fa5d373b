import { dirname, resolve } from 'node:path';
import type { ConfigPath } from '../diagnostics/diagnostic.ts';
import { parseImageReference, printImageReference } from '../model/image-reference.ts';
import { parseKernelArgument } from '../model/kernel-argument.ts';
import { parseMacAddress } from '../model/mac-address.ts';
import { parseModuleName } from '../model/module-name.ts';
import { parseMonitorAddress, printMonitorAddress } from '../model/monitor-address.ts';
import { parseClientName, parseFsid, parseHostName } from '../model/names.ts';
import type { Parsed } from '../model/parsed.ts';
import type { Cluster, Host, Site } from '../model/site.ts';
import { deepFreeze } from './deep-freeze.ts';
import { type Problem, printPath } from './problem.ts';
import type { CheckedSpec } from './schema.ts';

export type ParsedSite =
    | { readonly ok: true; readonly site: Site }
    | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * Turns a configuration of the right shape into a checked, frozen {@link Site}, or says everything
 * that is wrong with its values.
 *
 * @param source the absolute path of the configuration file.
 */
export function parseSite(spec: CheckedSpec, source: string): ParsedSite {
    const problems: Problem[] = [];
    const cluster = parseCluster(spec.cluster, problems);
    const client = take(problems, ['cluster', 'client'], spec.cluster.client, parseClientName);
    const keyring = parseKeyringPath(spec.cluster, source, problems);
    const hosts = Object.entries(spec.hosts).map(([name, host]) =>
        parseHost(name, host, problems, { client, keyring }),
    );
    if (hosts.length === 0) {
        problems.push(refusal(['hosts'], 'it names no machine: add at least one'));
    }
    const complete = hosts.filter((host) => host !== undefined);
    findClashes(complete, problems);
    return problems.length > 0 || cluster === undefined
        ? { ok: false, problems }
        : { ok: true, site: deepFreeze({ source, cluster, hosts: complete }) };
}

function parseCluster(spec: CheckedSpec['cluster'], problems: Problem[]): Cluster | undefined {
    const path = ['cluster', 'monitors'];
    const fsid = take(problems, ['cluster', 'fsid'], spec.fsid, parseFsid);
    const monitors = takeAll(problems, path, spec.monitors, parseMonitorAddress);
    if (spec.monitors.length === 0) {
        problems.push(refusal(path, 'it is empty: the kernel needs at least one monitor'));
    }
    const printed = monitors.map((monitor) => printMonitorAddress(monitor));
    for (const [index, address] of printed.entries()) {
        if (printed.indexOf(address) < index && printed.length === spec.monitors.length) {
            problems.push(refusal([...path, index], `monitor ${address} is listed twice`));
        }
    }
    return fsid === undefined ? undefined : { fsid, monitors };
}

function parseKeyringPath(
    { client, keyring }: CheckedSpec['cluster'],
    source: string,
    problems: Problem[],
): string {
    if (keyring === '' || keyring?.includes('\0')) {
        problems.push(refusal(['cluster', 'keyring'], 'it names no file'));
    }
    return resolve(dirname(source), keyring ?? `/etc/ceph/ceph.client.${client}.keyring`);
}

function parseHost(
    key: string,
    spec: CheckedSpec['hosts'][string],
    problems: Problem[],
    user: { readonly client: Host['client'] | undefined; readonly keyring: string },
): Host | undefined {
    const at = (...rest: ConfigPath): ConfigPath => ['hosts', key, ...rest];
    const name = take(problems, at(), key, parseHostName, 'key');
    const mac = take(problems, at('mac'), spec.mac, parseMacAddress);
    const image = take(problems, at('image'), spec.image, parseImageReference);
    const nicModules = takeAll(problems, at('nicModules'), spec.nicModules, parseModuleName);
    const kernelArguments = takeAll(
        problems,
        at('kernelArguments'),
        spec.kernelArguments,
        parseKernelArgument,
    );
    if (
        name === undefined ||
        mac === undefined ||
        image === undefined ||
        user.client === undefined
    ) {
        return undefined;
    }
    return {
        name,
        mac,
        image,
        fileSystem: spec.filesystem,
        address: spec.address ?? 'lease',
        client: user.client,
        keyring: user.keyring,
        nicModules,
        kernelArguments,
        ...(spec.plan === undefined ? {} : { plan: spec.plan }),
    };
}

/** What no host shows alone: iPXE tells machines apart by MAC, and an image has one writer. */
function findClashes(hosts: readonly Host[], problems: Problem[]): void {
    const byMac = new Map<string, Host>();
    const byImage = new Map<string, Host>();
    for (const host of hosts) {
        const image = printImageReference(host.image);
        const sameMac = byMac.get(host.mac);
        const sameImage = byImage.get(image);
        if (sameMac !== undefined) {
            problems.push({
                code: 'RB108',
                message: `hosts ${sameMac.name} and ${host.name} both have the MAC address ${host.mac}`,
                hint: 'each machine is found by its own address: "ip link" shows it',
                path: ['hosts', host.name, 'mac'],
                part: 'value',
            });
        }
        if (sameImage !== undefined) {
            problems.push({
                code: 'RB109',
                message: `hosts ${sameImage.name} and ${host.name} would both write to the image ${image}`,
                hint: `two writers destroy a file system: make ${host.name} an image of its own, for instance with "rbd clone"`,
                path: ['hosts', host.name, 'image'],
                part: 'value',
            });
        }
        byMac.set(host.mac, sameMac ?? host);
        byImage.set(image, sameImage ?? host);
    }
}

function take<T>(
    problems: Problem[],
    path: ConfigPath,
    text: string,
    parse: (text: string) => Parsed<T>,
    part: Problem['part'] = 'value',
): T | undefined {
    const parsed = parse(text);
    if (parsed.ok) {
        return parsed.value;
    }
    const what = part === 'key' ? 'the name' : `${printPath(path)}:`;
    const message = `${what} ${JSON.stringify(text)} is not accepted: ${parsed.reason}`;
    problems.push({ code: 'RB107', message, path, part });
    return undefined;
}

function takeAll<T>(
    problems: Problem[],
    path: ConfigPath,
    texts: readonly string[] | undefined,
    parse: (text: string) => Parsed<T>,
): readonly T[] {
    return (texts ?? [])
        .map((text, index) => take(problems, [...path, index], text, parse))
        .filter((value) => value !== undefined);
}

function refusal(path: ConfigPath, reason: string): Problem {
    return {
        code: 'RB107',
        message: `${printPath(path)} is not accepted: ${reason}`,
        path,
        part: 'value',
    };
}
