import { success } from '../../diagnostics/diagnostic.ts';
import type { Report } from '../../emit/report.ts';
import { uninstallFiles } from '../../emit/uninstall.ts';
import { describeChanges, describeNotes, nextCommand } from '../describe-report.ts';
import { type ExitCode, finish, type Result } from '../output.ts';

export interface UninstallCommandOptions {
    readonly root: string;
    readonly force: boolean;
    readonly dryRun: boolean;
    readonly json: boolean;
}

/** `rbdboot uninstall`: takes back what `rbdboot install` wrote into a root. */
export async function uninstall(options: UninstallCommandOptions): Promise<ExitCode> {
    const report = uninstallFiles(options.root, options);
    return finish(report.ok ? success(describe(report.value)) : report, options.json);
}

function describe(report: Report): Result {
    const { root, dryRun } = report;
    const next = nextCommand(root);
    const changes = describeChanges(report);
    const text = dryRun
        ? changes
        : `Uninstalled from ${root}:\n${changes}\nNext, make its initrd without rbdboot:\n  ${next}\n`;
    return { text, json: { ...report, ...(dryRun ? {} : { next }) }, notes: describeNotes(report) };
}
