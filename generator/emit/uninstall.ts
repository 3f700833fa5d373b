import { join } from 'node:path';
import { failure, type Outcome, success } from '../diagnostics/diagnostic.ts';
import { realDisk } from './disk.ts';
import { finishDraft, look, put, startDraft } from './draft.ts';
import { findInterruption, type InstallOptions } from './install.ts';
import { manifestName, readManifest } from './manifest.ts';
import type { Report } from './report.ts';
import { stillKept, takeBack } from './take-back.ts';
import { commit } from './transaction.ts';
import {
    defaultState,
    type LockedWorkspace,
    withLockedWorkspace,
    withWorkspace,
} from './workspace.ts';

/**
 * Takes back what `installFiles` has written into a root: removes the files, brings back those that
 * had been replaced, and removes the directories that it made if nothing else is in them.
 *
 * All or nothing, as the installation. Files that were edited since need `force`; copies of them
 * stay in the directory of state.
 */
export function uninstallFiles(root: string, options: InstallOptions = {}): Outcome<Report> {
    const { force = false, dryRun = false, state = defaultState, disk = realDisk } = options;
    if (dryRun) {
        return withWorkspace(disk, root, state, (workspace) => {
            const interrupted = findInterruption(workspace);
            const idle = { ...workspace, recovery: 'none' as const, leave: [] };
            return interrupted === undefined
                ? uninstall(idle, { force, dryRun })
                : failure(interrupted);
        });
    }
    return withLockedWorkspace(disk, root, state, (workspace) =>
        uninstall(workspace, { force, dryRun }),
    );
}

function uninstall(
    workspace: LockedWorkspace,
    { force, dryRun }: { readonly force: boolean; readonly dryRun: boolean },
): Outcome<Report> {
    const { disk, root, state, recovery } = workspace;
    const manifest = readManifest(disk, join(root, state));
    if (manifest === undefined) {
        return failure({
            code: 'RB307',
            severity: 'error',
            message: `rbdboot has nothing installed in ${root}: there is no ${state}/${manifestName}`,
            hint: 'name the directory that was given to "rbdboot install --root"',
        });
    }
    const draft = startDraft(workspace, { force, diffs: dryRun });
    for (const entry of manifest.files) {
        takeBack(draft, entry);
    }
    const record = look(draft, `${state}/${manifestName}`);
    if (record !== undefined) {
        put(draft, record, undefined);
    }
    if (draft.problems.length > 0) {
        return failure(...draft.problems);
    }
    const drop = [...manifest.directories].reverse();
    if (!dryRun) {
        commit(disk, root, join(root, state), finishDraft(draft, drop));
        // Those that hold the lock are not empty yet.
        workspace.leave.push(...drop);
    }
    const kept = [...stillKept(draft, manifest.kept), ...draft.kept];
    return success({ root, dryRun, recovery, changes: draft.reported, kept });
}
