import { join } from 'node:path';
import { failure, type Outcome, success } from '../diagnostics/diagnostic.ts';
import type { EmittedFile } from '../model/emitted-file.ts';
import { type FileContent, sha256 } from './content.ts';
import {
    change,
    type Draft,
    finishDraft,
    isOurs,
    look,
    put,
    refuse,
    type Spot,
    save,
    startDraft,
} from './draft.ts';
import {
    emptyManifest,
    type Manifest,
    type ManifestFile,
    manifestName,
    printManifest,
    readManifest,
} from './manifest.ts';
import type { Report } from './report.ts';
import { stillKept, takeBack } from './take-back.ts';
import type { Transaction } from './transaction.ts';
import type { Workspace } from './workspace.ts';

export interface InstallPlan extends Pick<Report, 'changes' | 'kept'> {
    readonly transaction: Transaction;
}

/** Compares what is to be with what is, and says what would have to change; changes nothing. */
export function planInstall(
    workspace: Workspace,
    files: readonly EmittedFile[],
    options: { readonly force: boolean; readonly diffs: boolean },
): Outcome<InstallPlan> {
    const { disk, root, state } = workspace;
    const before = readManifest(disk, join(root, state)) ?? emptyManifest;
    const known = new Map(before.files.map((entry) => [entry.path, entry]));
    const draft = startDraft(workspace, options);
    const entries = files.map((file) => planFile(draft, file, known.get(file.path)));
    const wanted = new Set(files.map(({ path }) => path));
    for (const entry of before.files.filter(({ path }) => !wanted.has(path))) {
        takeBack(draft, entry);
    }
    refuseSharedTargets(draft);
    if (draft.problems.length > 0) {
        return failure(...draft.problems);
    }
    const made = workspace.missing.filter((path) => path !== state);
    writeManifest(draft, {
        version: 1,
        files: entries.filter((entry) => entry !== undefined),
        directories: [...new Set([...before.directories, ...made, ...draft.make.keys()])],
        kept: [...stillKept(draft, before.kept), ...draft.kept],
    });
    const transaction = finishDraft(draft, []);
    return success({ transaction, changes: draft.reported, kept: draft.kept });
}

function planFile(
    draft: Draft,
    file: EmittedFile,
    entry: ManifestFile | undefined,
): ManifestFile | undefined {
    const spot = look(draft, file.path);
    if (spot === undefined) {
        return undefined;
    }
    const { found } = spot;
    const bytes = Buffer.from(file.text);
    const content: FileContent = { kind: 'file', bytes, mode: file.mode };
    const next = { path: file.path, mode: file.mode, sha256: sha256(bytes) };
    const saved = entry?.saved === undefined ? {} : { saved: entry.saved };
    if (found.kind === 'absent') {
        change(draft, spot, content, { action: 'create' });
        return { ...next, ...saved };
    }
    const isWanted = found.kind === 'file' && found.bytes.equals(bytes);
    if (isOurs(found, entry) || (isWanted && entry !== undefined)) {
        if (isWanted && found.mode === file.mode) {
            draft.reported.push({ path: file.path, action: 'unchanged' });
        } else {
            change(draft, spot, content, { action: 'update' });
        }
        return { ...next, ...saved };
    }
    if (found.kind === 'other' || !draft.force) {
        refuse(draft, spot, entry !== undefined);
        return undefined;
    }
    return { ...next, ...saved, ...replace(draft, spot, content, entry) };
}

/** What uninstall brings back is the file of before the first install, not later edits of ours. */
function replace(
    draft: Draft,
    spot: Spot,
    content: FileContent,
    entry: ManifestFile | undefined,
): Pick<ManifestFile, 'saved'> {
    const copy = save(draft, spot);
    if (copy === undefined) {
        return {};
    }
    change(draft, spot, content, { action: 'replace', saved: copy });
    if (entry?.saved !== undefined) {
        draft.kept.push(copy);
        return {};
    }
    return { saved: copy };
}

/** Symbolic links may make one file of two paths; then the second would overwrite the first. */
function refuseSharedTargets(draft: Draft): void {
    const seen = new Set<string>();
    for (const { target } of draft.changes) {
        if (seen.has(target)) {
            draft.problems.push({
                code: 'RB304',
                severity: 'error',
                message: `two files would be written to ${target}: symbolic links lead both there`,
            });
        }
        seen.add(target);
    }
}

function writeManifest(draft: Draft, manifest: Manifest): void {
    const text = printManifest(manifest);
    const spot = look(draft, `${draft.workspace.state}/${manifestName}`);
    const same = spot?.found.kind === 'file' && spot.found.bytes.toString('utf8') === text;
    if (spot !== undefined && !same) {
        put(draft, spot, { kind: 'file', bytes: Buffer.from(text), mode: 0o600 });
    }
}
