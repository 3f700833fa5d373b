import { dirname, resolve } from 'node:path';
import type { ConfigPath } from '../diagnostics/diagnostic.ts';
import { parseDuration, type Seconds } from '../model/duration.ts';
import { parseKernelVersion } from '../model/kernel-version.ts';
import { parseMonitorAddress, printMonitorAddress } from '../model/monitor-address.ts';
import { type ClientName, parseClientName, parseFsid } from '../model/names.ts';
import { type Parsed, refused } from '../model/parsed.ts';
import type { Cluster, Site } from '../model/site.ts';
import { crossCheck } from './cross-checks.ts';
import { deepFreeze } from './deep-freeze.ts';
import { parseHost } from './parse-host.ts';
import type { Problem } from './problem.ts';
import type { CheckedSpec } from './schema.ts';
import { refusal, take, takeAll } from './take.ts';

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
    const kernel =
        spec.kernel === undefined
            ? undefined
            : take(problems, ['kernel'], spec.kernel, parseKernelVersion);
    const menu =
        spec.menu === undefined ? undefined : take(problems, ['menu'], spec.menu, parseMenuTime);
    const keyring = keyringPaths(spec.cluster, source, problems);
    const resolveFile = (file: string) => resolve(dirname(source), file);
    const hosts = Object.entries(spec.hosts)
        .map(([name, host]) => parseHost(name, host, problems, { client, keyring, resolveFile }))
        .filter((host) => host !== undefined);
    if (Object.keys(spec.hosts).length === 0) {
        problems.push(refusal(['hosts'], 'it names no machine: add at least one'));
    }
    if (cluster === undefined) {
        return { ok: false, problems };
    }
    const site = {
        cluster,
        hosts,
        ...(kernel === undefined ? {} : { kernel }),
        ...(spec.initrd === 'shared' ? { initrd: spec.initrd } : {}),
        ...(spec.acceptRbdroot === true ? { acceptRbdroot: true as const } : {}),
        ...(menu === undefined ? {} : { menu }),
    };
    problems.push(...crossCheck(site));
    return problems.length > 0
        ? { ok: false, problems }
        : { ok: true, site: deepFreeze({ source, ...site }) };
}

/** iPXE takes a time of 0 for a menu that waits until somebody chooses. */
function parseMenuTime(text: string): Parsed<Seconds> {
    const time = parseDuration(text);
    if (time.ok && (time.value < 1 || time.value > 3600)) {
        return refused(
            'a menu is shown for 1 second to 1 hour, before the machine boots by itself',
        );
    }
    return time;
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

/** How hosts find their keyring: what they name, what the cluster names, or where Ceph looks. */
function keyringPaths(cluster: CheckedSpec['cluster'], source: string, problems: Problem[]) {
    const refuseEmpty = (path: ConfigPath, named: string | undefined) => {
        if (named === '' || named?.includes('\0')) {
            problems.push(refusal(path, 'it names no file'));
        }
    };
    refuseEmpty(['cluster', 'keyring'], cluster.keyring);
    return (client: ClientName, path: ConfigPath, named: string | undefined): string => {
        refuseEmpty(path, named);
        const file = named ?? cluster.keyring ?? `/etc/ceph/ceph.client.${client}.keyring`;
        return resolve(dirname(source), file);
    };
}
