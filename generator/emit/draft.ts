import { join } from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { type Content, type Found, observe, sha256 } from './content.ts';
import type { ManifestFile } from './manifest.ts';
import type { ReportedChange } from './report.ts';
import { resolvePath } from './resolve-path.ts';
import type { Change, Transaction } from './transaction.ts';
import { printDiff } from './unified-diff.ts';
import type { Workspace } from './workspace.ts';

/** A transaction while it is being put together. Nothing is written yet. */
export interface Draft {
    readonly workspace: Workspace;
    /** Whether files that are not ours may be replaced. */
    readonly force: boolean;
    /** Whether the report is to show what changes in the files. */
    readonly diffs: boolean;
    readonly changes: Change[];
    /** Directories to make, with their permission bits, outermost first. */
    readonly make: Map<string, number>;
    readonly reported: ReportedChange[];
    readonly problems: Diagnostic[];
    /** Saved copies that nothing will bring back. */
    readonly kept: string[];
}

export function startDraft(
    workspace: Workspace,
    options: { readonly force: boolean; readonly diffs: boolean },
): Draft {
    const lists = { changes: [], reported: [], problems: [], kept: [] };
    return { workspace, ...options, ...lists, make: new Map() };
}

export function finishDraft({ changes, make }: Draft, drop: readonly string[]): Transaction {
    return { changes, make: [...make].map(([path, mode]) => ({ path, mode })), drop };
}

/** A path as it is on the disk now. */
export interface Spot {
    /** As it was emitted. */
    readonly path: string;
    /** With symbolic links followed. */
    readonly target: string;
    readonly missing: readonly string[];
    readonly found: Found;
}

/** Looks at a path; `undefined`, with a problem in the draft, if the way to it is blocked. */
export function look(draft: Draft, path: string): Spot | undefined {
    const { disk, root } = draft.workspace;
    const resolved = resolvePath(disk, root, path);
    if (!resolved.ok) {
        draft.problems.push(...resolved.diagnostics);
        return undefined;
    }
    const { path: target, missing } = resolved.value;
    return { path, target, missing, found: observe(disk, join(root, target)) };
}

/** Adds a change of one file to the transaction and to the report. */
export function change(
    draft: Draft,
    spot: Spot,
    content: Content | undefined,
    report: Pick<ReportedChange, 'action' | 'saved'>,
): void {
    put(draft, spot, content);
    const diff = draft.diffs && { diff: printDiff(spot.path, spot.found, content) };
    draft.reported.push({ path: spot.path, ...report, ...diff });
}

/** Adds a change to the transaction alone. */
export function put(draft: Draft, spot: Spot, content: Content | undefined): void {
    draft.changes.push({ target: spot.target, content });
    if (content !== undefined) {
        for (const path of spot.missing) {
            const isState = path.startsWith(`${draft.workspace.state}/`);
            draft.make.set(path, isState ? 0o700 : 0o755);
        }
    }
}

/**
 * Keeps a copy of a file that is about to go.
 *
 * @returns its path, or `undefined` if there is no way to it.
 */
export function save(draft: Draft, { path, found }: Spot): string | undefined {
    if (found.kind !== 'file' && found.kind !== 'link') {
        throw new Error(`${path} cannot be saved`);
    }
    const taken = new Set(draft.changes.map(({ target }) => target));
    for (let number = 0; ; number++) {
        const suffix = number === 0 ? '' : `.${number}`;
        const spot = look(draft, `${draft.workspace.state}/saved/${path}${suffix}`);
        if (spot === undefined) {
            return undefined;
        }
        if (spot.found.kind === 'absent' && !taken.has(spot.target)) {
            put(draft, spot, found);
            return spot.target;
        }
    }
}

/** Whether a file is still as rbdboot wrote it. Its mode does not count: no text is lost with it. */
export function isOurs(found: Found, entry: ManifestFile | undefined): boolean {
    return found.kind === 'file' && entry !== undefined && sha256(found.bytes) === entry.sha256;
}

export function refuse(draft: Draft, { path, found }: Spot, edited: boolean): void {
    const reason =
        found.kind === 'other'
            ? 'it is neither a file nor a symbolic link'
            : edited
              ? 'it was edited since rbdboot wrote it'
              : 'rbdboot did not write it';
    const hint =
        found.kind === 'other'
            ? 'move it away'
            : `keep what you need of it and move it away, or use --force, which saves it in ${draft.workspace.state}/saved`;
    draft.problems.push({
        code: 'RB304',
        severity: 'error',
        message: `${path} is in the way: ${reason}`,
        hint,
    });
}
