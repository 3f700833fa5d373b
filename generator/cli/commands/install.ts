import { join, resolve } from 'node:path';
import { readKeyring } from '../../config/keyring.ts';
import { loadSite } from '../../config/load.ts';
import { readLuksKey } from '../../config/luks-key.ts';
import { failure, type Outcome, success } from '../../diagnostics/diagnostic.ts';
import { installFiles } from '../../emit/install.ts';
import type { Report } from '../../emit/report.ts';
import { defaultState } from '../../emit/workspace.ts';
import type { EmittedFile } from '../../model/emitted-file.ts';
import type { Host } from '../../model/site.ts';
import { emitCephConfiguration, emitKeyring } from '../../targets/ceph-configuration.ts';
import { traceInitramfsTools } from '../../targets/initramfs-tools/emit.ts';
import { emitLuksKey } from '../../targets/luks-key.ts';
import { bootDirectoryPrograms, emitRealSystem } from '../../targets/real-system/emit.ts';
import { adviseRoot } from '../advise-root.ts';
import { checkRoot } from '../check-root.ts';
import { describeChanges, describeNotes, nextCommand } from '../describe-report.ts';
import { type ExitCode, finish, type Result } from '../output.ts';
import { releaseOf } from '../release.ts';
import { sourceMap, sourceMapFile, sourceMapName } from '../source-map.ts';
import { chooseSubject } from '../subject.ts';

export interface InstallCommandOptions {
    readonly root: string;
    /** Left out where one initrd serves all hosts. */
    readonly host?: string;
    readonly config: string;
    /** Instead of the configuration's; relative to the working directory. */
    readonly keyring?: string;
    readonly force: boolean;
    readonly dryRun: boolean;
    readonly json: boolean;
}

/** `rbdboot install`: writes the files of one host, or of all, into a root. */
export async function install(options: InstallCommandOptions): Promise<ExitCode> {
    const files = await prepare(options);
    if (!files.ok) {
        return finish(files, options.json);
    }
    const report = installFiles(options.root, files.value, options);
    const name = options.host ?? 'every host';
    if (!report.ok) {
        return finish(report, options.json);
    }
    const warnings = adviseRoot(options.root);
    return finish(success({ ...describe(report.value, name), warnings }), options.json);
}

/** Everything that can be wrong is found here, before anything is written. */
async function prepare(options: InstallCommandOptions): Promise<Outcome<readonly EmittedFile[]>> {
    const site = await loadSite(options.config);
    if (!site.ok) {
        return site;
    }
    const chosen = chooseSubject(site.value, options.host);
    if (!chosen.ok) {
        return chosen;
    }
    const { subject, host } = chosen.value;
    const scripts = traceInitramfsTools(site.value, subject);
    if (!scripts.ok) {
        return scripts;
    }
    const ofSystem = host?.bootDirectory === undefined ? [] : bootDirectoryPrograms;
    const programs = [...scripts.value.programs, ...ofSystem];
    const problems = checkRoot(options.root, programs, subject.planned.unlock);
    const keyrings = host === undefined ? success([]) : readKeyrings(host, options.keyring);
    const luksKey =
        host?.luks?.kind === 'key-file' ? readLuksKey(host.luks.file) : success(undefined);
    if (problems.length > 0 || !keyrings.ok || !luksKey.ok) {
        return failure(
            ...problems,
            ...(keyrings.ok ? [] : keyrings.diagnostics),
            ...(luksKey.ok ? [] : luksKey.diagnostics),
        );
    }
    const map = await sourceMap(site.value, host, scripts.value.spans);
    return success([
        ...scripts.value.files,
        emitCephConfiguration(site.value),
        ...emitRealSystem(site.value, host),
        ...keyrings.value,
        ...(luksKey.value === undefined ? [] : [emitLuksKey(luksKey.value)]),
        sourceMapFile(join(defaultState, sourceMapName), map),
    ]);
}

/** The keyrings of a host's users: of the one that maps its image, and of its /boot if that differs. */
function readKeyrings(host: Host, named: string | undefined): Outcome<readonly EmittedFile[]> {
    const { bootDirectory: boot, client } = host;
    const users = [
        { client, keyring: named === undefined ? host.keyring : resolve(named) },
        ...(boot === undefined || boot.client === client ? [] : [boot]),
    ];
    const keyrings = users.map((user): Outcome<EmittedFile> => {
        const key = readKeyring(user.keyring, user.client);
        return key.ok ? success(emitKeyring(user, key.value)) : key;
    });
    const diagnostics = keyrings.flatMap((keyring) => (keyring.ok ? [] : keyring.diagnostics));
    return diagnostics.length > 0
        ? failure(...diagnostics)
        : success(keyrings.flatMap((keyring) => (keyring.ok ? [keyring.value] : [])));
}

function describe(report: Report, host: string): Result {
    const { root, dryRun } = report;
    const release = releaseOf(root);
    const next = nextCommand(root);
    const changes = describeChanges(report);
    const json = {
        host,
        ...(release === undefined ? {} : { release }),
        ...report,
        ...(changes === '' || dryRun ? {} : { next }),
    };
    const notes = describeNotes(report);
    if (changes === '') {
        return { text: `${root} is up to date for ${host}: nothing changed\n`, json, notes };
    }
    if (dryRun) {
        return { text: changes, json, notes };
    }
    const where = release === undefined ? root : `${root} (${release.name})`;
    const text = `Installed ${host} into ${where}:\n${changes}\nNext, make its initrd:\n  ${next}\n`;
    return { text, json, notes };
}
