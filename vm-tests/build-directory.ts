import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout, or the package that is installed: the directory with `package.json` in it. */
export const projectDirectory = packageAround(dirname(fileURLToPath(import.meta.url)));

/** Whether this is a package that somebody installed, and no checkout. */
const isInstalled = basename(dirname(projectDirectory)) === 'node_modules';

/** Where the harness writes, all of it below one directory which git does not see. */
export interface BuildDirectory {
    readonly root: string;
    /** Things that are made once and found again by the hash of what they were made from. */
    readonly cache: string;
    /** One directory for each run that is going on. */
    readonly runs: string;
    /** What failed scenarios leave. */
    readonly bundles: string;
    /** What is known of each scenario of the last run. */
    readonly records: string;
    /** One line for each run. */
    readonly history: string;
    /** The last run as one page. */
    readonly report: string;
    /** The last run for programs that read JUnit's XML. */
    readonly junit: string;
}

/**
 * `build/` in the checkout, or what `RBDBOOT_BUILD` names. An installed package is not written into:
 * there it is `rbdboot` in the user's cache directory (XDG Base Directory Specification).
 */
export function buildDirectory(
    environment: Readonly<Record<string, string | undefined>> = process.env,
): BuildDirectory {
    const { HOME = '/root', RBDBOOT_BUILD, XDG_CACHE_HOME = join(HOME, '.cache') } = environment;
    const usual = isInstalled ? join(XDG_CACHE_HOME, 'rbdboot') : join(projectDirectory, 'build');
    const root = resolve(RBDBOOT_BUILD ?? usual);
    return Object.freeze({
        root,
        cache: join(root, 'cache'),
        runs: join(root, 'runs'),
        bundles: join(root, 'bundles'),
        records: join(root, 'records'),
        history: join(root, 'history', 'runs.jsonl'),
        report: join(root, 'report.html'),
        junit: join(root, 'results', 'junit.xml'),
    });
}

/**
 * The name of a run: the process id of its first process and when the kernel started that, so that
 * a later run can tell whether it is still going on, although process ids come again.
 */
export function runName(pid: number = process.pid): string {
    return `${pid}-${startTime(pid) ?? 0}`;
}

/** Whether the process that a run is named after is still there. */
export function isGoingOn(run: string): boolean {
    const match = /^(?<pid>\d+)-(?<started>\d+)$/.exec(run);
    const { pid, started } = match?.groups ?? {};
    return pid !== undefined && startTime(Number(pid)) === started;
}

/**
 * Makes the directory of this run and removes what runs that were killed have left: their
 * directories, and what they were putting into the cache.
 */
export async function openRun(build: BuildDirectory, run: string): Promise<string> {
    await mkdir(build.cache, { recursive: true, mode: 0o700 });
    await mkdir(build.runs, { recursive: true, mode: 0o700 });
    for (const name of await readdir(build.runs)) {
        if (!isGoingOn(name)) {
            await rm(join(build.runs, name), { recursive: true, force: true });
        }
    }
    for (const name of await readdir(build.cache)) {
        const maker = /\.making-(?<run>\d+-\d+)$/.exec(name)?.groups?.run;
        if (maker !== undefined && !isGoingOn(maker)) {
            await rm(join(build.cache, name), { recursive: true, force: true });
        }
    }
    const directory = join(build.runs, run);
    await mkdir(directory, { recursive: true, mode: 0o700 });
    return directory;
}

function packageAround(directory: string): string {
    return existsSync(join(directory, 'package.json'))
        ? directory
        : packageAround(dirname(directory));
}

/** Field 22 of /proc/PID/stat: clock ticks from the start of the kernel (proc_pid_stat(5)). */
function startTime(pid: number): string | undefined {
    try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
        // The second field, the program's name, may have spaces and parentheses in it.
        return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    } catch {
        return undefined;
    }
}
