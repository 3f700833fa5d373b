import { failure, type Outcome, success } from '../diagnostics/diagnostic.ts';
import type { Host, Site } from '../model/site.ts';
import { type BootSubject, everyHost, oneHost } from '../steps/boot-subject.ts';
import { findHost } from './find-host.ts';

/** What the files of a command are for. */
export interface Chosen {
    readonly subject: BootSubject;
    /** Absent where one initrd serves all hosts. */
    readonly host?: Host;
}

/**
 * The host of that name; without a name all hosts, if the configuration says that one initrd serves
 * them (`initrd: 'shared'`).
 */
export function chooseSubject(site: Site, name: string | undefined): Outcome<Chosen> {
    if (name === undefined && site.initrd === 'shared') {
        return success({ subject: everyHost(site) });
    }
    if (name === undefined) {
        const names = site.hosts.map((host) => host.name).slice(0, 10);
        return failure({
            code: 'RB110',
            severity: 'error',
            message: 'no host is named, and each one has an initrd of its own',
            hint: `name it with --host: ${names.join(', ')}; or write initrd: 'shared' into the configuration`,
        });
    }
    const host = findHost(site, name);
    return host.ok ? success({ subject: oneHost(site, host.value), host: host.value }) : host;
}

/** Everything that a configuration has scripts emitted for. */
export function subjectsOf(site: Site): readonly BootSubject[] {
    return site.initrd === 'shared'
        ? [everyHost(site)]
        : site.hosts.map((host) => oneHost(site, host));
}
