import { join } from 'node:path';
import { type Diagnostic, failure, type Outcome, success } from '../diagnostics/diagnostic.ts';
import type { EmittedFile } from '../model/emitted-file.ts';
import { type Disk, realDisk } from './disk.ts';
import { assertDistinctPaths } from './emitted-path.ts';
import { readJournal } from './journal.ts';
import { planInstall } from './plan-install.ts';
import type { Recovery } from './recover.ts';
import type { Report } from './report.ts';
import { commit } from './transaction.ts';
import { defaultState, type Workspace, withLockedWorkspace, withWorkspace } from './workspace.ts';

export interface InstallOptions {
    /**
     * Also replace files that rbdboot did not write, or that were edited since. They are saved
     * first, and `uninstall` brings them back.
     */
    readonly force?: boolean;
    /** Change nothing; the report has diffs. */
    readonly dryRun?: boolean;
    /**
     * Where the record of what is installed lies, relative to the root.
     *
     * @defaultValue `var/lib/rbdboot`
     */
    readonly state?: string;
    /** @internal for tests that break it. */
    readonly disk?: Disk;
}

/**
 * Writes files into a root, all of them or none, and remembers them there so that `uninstall` takes
 * back exactly these. Files of an earlier run that are no longer wanted are removed.
 *
 * A second run with the same files changes nothing. A run that was killed is repaired by the next
 * one. The files belong to the caller.
 *
 * @throws Error if two files have one path, or a path is not clean.
 */
export function installFiles(
    root: string,
    files: readonly EmittedFile[],
    options: InstallOptions = {},
): Outcome<Report> {
    assertDistinctPaths(files);
    const { force = false, dryRun = false, state = defaultState, disk = realDisk } = options;
    if (dryRun) {
        return withWorkspace(disk, root, state, (workspace) => {
            const interrupted = findInterruption(workspace);
            return interrupted === undefined
                ? install(workspace, 'none', files, { force, dryRun })
                : failure(interrupted);
        });
    }
    return withLockedWorkspace(disk, root, state, (workspace) =>
        install(workspace, workspace.recovery, files, { force, dryRun }),
    );
}

function install(
    workspace: Workspace,
    recovery: Recovery,
    files: readonly EmittedFile[],
    { force, dryRun }: { readonly force: boolean; readonly dryRun: boolean },
): Outcome<Report> {
    const { disk, root, state } = workspace;
    const plan = planInstall(workspace, files, { force, diffs: dryRun });
    if (!plan.ok) {
        return plan;
    }
    const { transaction, changes, kept } = plan.value;
    if (!dryRun && transaction.changes.length > 0) {
        commit(disk, root, join(root, state), transaction);
    }
    return success({ root, dryRun, recovery, changes, kept });
}

/** A dry run does not repair, and what it would say of a half-changed tree would be wrong. */
export function findInterruption({ disk, root, state }: Workspace): Diagnostic | undefined {
    return readJournal(disk, join(root, state)) === undefined
        ? undefined
        : {
              code: 'RB310',
              severity: 'error',
              message: `an earlier run in ${root} was interrupted`,
              hint: 'run without --dry-run: it first puts back what that run had changed',
          };
}
