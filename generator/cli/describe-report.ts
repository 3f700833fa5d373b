import type { Report, ReportedChange } from '../emit/report.ts';

/** One line for each file that changes, or the diffs in a dry run; nothing for what stays. */
export function describeChanges({ changes, dryRun }: Report): string {
    const changed = changes.filter(({ action }) => action !== 'unchanged');
    return changed.map((change) => (dryRun ? describeInDryRun(change) : describe(change))).join('');
}

/** What the administrator should know besides: repairs, and copies that were kept. */
export function describeNotes({ recovery, kept }: Report): readonly string[] {
    const repairs = {
        none: [],
        undone: ['note: an earlier run was interrupted; what it had changed was put back first'],
        finished: ['note: an earlier run was interrupted at its very end; it was finished first'],
    };
    return [
        ...repairs[recovery],
        ...kept.map((path) => `note: an edited file was kept as ${path}`),
    ];
}

/** The command that makes a change of the files count, for the root that they are in. */
export function nextCommand(root: string): string {
    const update = 'update-initramfs -u';
    return root === '/' ? update : `chroot ${quote(root)} ${update}`;
}

function describe({ path, action, saved }: ReportedChange): string {
    const where = saved === undefined ? '' : ` (the old one is kept as ${saved})`;
    return `  ${action.padEnd(8)} ${path}${where}\n`;
}

function describeInDryRun({ path, action, diff = '' }: ReportedChange): string {
    return `would ${action} ${path}\n${diff}\n`;
}

/** For a person to paste into a shell. */
function quote(word: string): string {
    return /^[\w@%+:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
