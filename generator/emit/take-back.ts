import { join } from 'node:path';
import { type Content, observe } from './content.ts';
import { change, type Draft, isOurs, look, put, refuse, type Spot, save } from './draft.ts';
import type { ManifestFile } from './manifest.ts';

/**
 * Plans to remove a file that rbdboot wrote, and to bring back the one that stood there before. One
 * that was edited since is only removed by force, and a copy of it is kept.
 */
export function takeBack(draft: Draft, entry: ManifestFile): void {
    const spot = look(draft, entry.path);
    if (spot === undefined) {
        return;
    }
    const { found } = spot;
    const edited = found.kind !== 'absent' && !isOurs(found, entry);
    if (edited && (found.kind === 'other' || !draft.force)) {
        refuse(draft, spot, true);
        return;
    }
    if (edited) {
        const copy = save(draft, spot);
        draft.kept.push(...(copy === undefined ? [] : [copy]));
    }
    if (entry.saved !== undefined) {
        restore(draft, spot, entry.saved);
    } else if (found.kind !== 'absent') {
        change(draft, spot, undefined, { action: 'remove' });
    }
}

function restore(draft: Draft, spot: Spot, saved: string): void {
    const copy = look(draft, saved);
    if (copy === undefined) {
        return;
    }
    const { kind } = copy.found;
    if (kind !== 'file' && kind !== 'link') {
        draft.problems.push({
            code: 'RB309',
            severity: 'error',
            message: `${saved}, the file that stood at ${spot.path} before, is gone`,
            hint: `put any file there, and it is brought back as ${spot.path}`,
        });
        return;
    }
    change(draft, spot, copy.found as Content, { action: 'restore' });
    put(draft, copy, undefined);
}

/** Those of the kept copies that are still there. */
export function stillKept(draft: Draft, kept: readonly string[]): readonly string[] {
    const { disk, root } = draft.workspace;
    return kept.filter((path) => observe(disk, join(root, path)).kind !== 'absent');
}
