import { existsSync, mkdirSync, rmdirSync } from 'node:fs';
import { readKeyring } from '../../config/keyring.ts';
import { loadSite } from '../../config/load.ts';
import { readLuksKey } from '../../config/luks-key.ts';
import { failure, type Outcome, success } from '../../diagnostics/diagnostic.ts';
import { installFiles } from '../../emit/install.ts';
import type { Report } from '../../emit/report.ts';
import type { CephKey } from '../../model/ceph-key.ts';
import type { EmittedFile } from '../../model/emitted-file.ts';
import type { Site } from '../../model/site.ts';
import { emitNetboot } from '../../netboot/emit.ts';
import { hostArchive } from '../../netboot/host-archive.ts';
import { describeChanges, describeNotes } from '../describe-report.ts';
import { type ExitCode, finish, type Result } from '../output.ts';
import { publish, readBootFiles } from '../publish-boot-files.ts';

export interface IpxeCommandOptions {
    readonly out: string;
    readonly config: string;
    /** A kernel and its initrd to serve from now on; those before are kept. Both, or none. */
    readonly kernel?: string;
    readonly initrd?: string;
    /** Whose they are; left out where one initrd serves all hosts. */
    readonly host?: string;
    readonly force: boolean;
    readonly dryRun: boolean;
    readonly json: boolean;
}

/** `rbdboot ipxe`: writes the iPXE scripts of all hosts into the directory of a boot server. */
export async function ipxe(options: IpxeCommandOptions): Promise<ExitCode> {
    const site = await loadSite(options.config);
    if (!site.ok) {
        return finish(site, options.json);
    }
    const archives = hostArchives(site.value);
    if (!archives.ok) {
        return finish(archives, options.json);
    }
    const bootFiles = readBootFiles(site.value, options);
    if (!bootFiles.ok) {
        return finish(bootFiles, options.json);
    }
    const report = write(options, [...emitNetboot(site.value), ...archives.value]);
    if (!report.ok) {
        return finish(report, options.json);
    }
    const published = publish(options, bootFiles.value);
    return finish(
        published.ok ? success(describe(report.value, published.value)) : published,
        options.json,
    );
}

/** Where one initrd serves all hosts, each host gets its facts and its key in an archive. */
function hostArchives(site: Site): Outcome<readonly EmittedFile[]> {
    if (site.initrd !== 'shared') {
        return success([]);
    }
    // Many hosts have one keyring: it is read, and complained about, once.
    const keys = new Map<string, Outcome<CephKey>>();
    const luksKeys = new Map<string, Outcome<string>>();
    const archives = site.hosts.map((host): Outcome<EmittedFile> => {
        const place = `${host.client} ${host.keyring}`;
        const key = keys.get(place) ?? readKeyring(host.keyring, host.client);
        keys.set(place, key);
        if (host.luks?.kind !== 'key-file') {
            return key.ok ? success(hostArchive(host, key.value)) : key;
        }
        const { file } = host.luks;
        const luksKey = luksKeys.get(file) ?? readLuksKey(file);
        luksKeys.set(file, luksKey);
        if (!key.ok) {
            return key;
        }
        return luksKey.ok ? success(hostArchive(host, key.value, luksKey.value)) : luksKey;
    });
    const diagnostics = [...keys.values(), ...luksKeys.values()].flatMap((key) =>
        key.ok ? [] : key.diagnostics,
    );
    return diagnostics.length > 0
        ? failure(...diagnostics)
        : success(archives.flatMap((archive) => (archive.ok ? [archive.value] : [])));
}

/** The directory is made if only it itself is missing; a longer way is more likely a slip. */
function write(options: IpxeCommandOptions, files: readonly EmittedFile[]): Outcome<Report> {
    const { out, dryRun } = options;
    const make = !dryRun && !existsSync(out);
    if (make) {
        try {
            mkdirSync(out);
        } catch (error) {
            return failure({
                code: 'RB305',
                severity: 'error',
                message: `cannot make the directory ${out}: ${error instanceof Error ? error.message : error}`,
            });
        }
    }
    // A boot server has no var/lib of its own, and what begins with a dot it need not list.
    const report = installFiles(out, files, { ...options, state: '.rbdboot' });
    if (make && !report.ok) {
        rmdirSync(out);
    }
    return report;
}

function describe(report: Report, published: string | undefined): Result {
    const changes = describeChanges(report);
    const notes = describeNotes(report);
    const { root, dryRun } = report;
    const json = { ...report, ...(published === undefined ? {} : { published }) };
    if (changes === '' && published === undefined) {
        return { text: `${root} is up to date: nothing changed\n`, json, notes };
    }
    const wrote = changes === '' || dryRun ? changes : `Wrote into ${root}:\n${changes}`;
    return { text: `${wrote}${published === undefined ? '' : `${published}\n`}`, json, notes };
}
