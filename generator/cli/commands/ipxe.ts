import { existsSync, mkdirSync, rmdirSync } from 'node:fs';
import { loadSite } from '../../config/load.ts';
import { failure, type Outcome, success } from '../../diagnostics/diagnostic.ts';
import { installFiles } from '../../emit/install.ts';
import type { Report } from '../../emit/report.ts';
import type { EmittedFile } from '../../model/emitted-file.ts';
import { emitNetboot } from '../../netboot/emit.ts';
import { describeChanges, describeNotes } from '../describe-report.ts';
import { type ExitCode, finish, type Result } from '../output.ts';

export interface IpxeCommandOptions {
    readonly out: string;
    readonly config: string;
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
    const report = write(options, emitNetboot(site.value));
    return finish(report.ok ? success(describe(report.value)) : report, options.json);
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

function describe(report: Report): Result {
    const changes = describeChanges(report);
    const notes = describeNotes(report);
    const { root, dryRun } = report;
    if (changes === '') {
        return { text: `${root} is up to date: nothing changed\n`, json: { ...report }, notes };
    }
    const text = dryRun ? changes : `Wrote into ${root}:\n${changes}`;
    return { text, json: { ...report }, notes };
}
