import { existsSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { extname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildDirectory, openRun, projectDirectory, runName } from './build-directory.ts';
import { Complaint, describeError } from './complaint.ts';
import {
    baseRoot,
    type RootFlavour,
    type RootFlavourName,
    rootFlavours,
} from './images/base-root.ts';
import { runInNamespace } from './namespace.ts';
import { describeMissing, missing } from './programs.ts';
import { type Accelerator, chooseAccelerator, qemuProbe } from './qemu/accelerator.ts';
import { subordinateIds } from './subordinate-ids.ts';

/** The name of a root that no table has: one for a configuration from elsewhere. */
const ownRoot = 'own';

/** Tar files of bare roots, by flavour. */
export type Roots = Readonly<Partial<Record<RootName, string>>>;

export type RootName = RootFlavourName | typeof ownRoot;

/** How {@link runPrepared} differs from what most want. */
export interface RunOptions {
    /** A root besides, which is called `own`. Default: none. */
    readonly own?: RootFlavour;
    /** The exit status where this machine cannot run it. Default: 1. */
    readonly refusal?: number;
}

/** What a process in the namespaces is told by the one that made them. */
export interface Preparation {
    /** Absolute path of the configuration. */
    readonly config: string;
    /** The tar files of the bare Debian roots that were asked for. */
    readonly roots: Roots;
    /** What runs the code of the machines. */
    readonly accelerator: Accelerator;
    /** The directory of this run. */
    readonly directory: string;
}

const variable = 'RBDBOOT_PREPARATION';

/** What the process outside has prepared for this one. */
export function preparation(): Preparation {
    const text = process.env[variable];
    if (text === undefined) {
        throw new Error(`${variable} is not set: this program runs in namespaces made for it`);
    }
    return JSON.parse(text);
}

/**
 * Does what needs the network, and then runs one of our programs in namespaces of its own: the whole
 * of an entry point outside. Its exit status becomes ours.
 *
 * @param program the name of a file beside this one, without its ending; it finds
 * {@link preparation}.
 * @param words further arguments for it.
 * @param flavours the roots that it needs. Default: the plain one.
 */
export async function runPrepared(
    program: string,
    words: readonly string[],
    flavours: readonly RootFlavourName[] = ['plain'],
    { own, refusal = 1 }: RunOptions = {},
): Promise<void> {
    endWithParent();
    const named = flavours.map((name) => [name, rootFlavours[name]] as const);
    const roots = [...named, ...(own === undefined ? [] : [[ownRoot, own] as const])];
    try {
        process.exitCode = await prepareAndRun(program, words, roots);
    } catch (error) {
        process.stderr.write(`${describeError(error)}\n`);
        process.exitCode = refusal;
    }
}

type WantedRoots = readonly (readonly [RootName, RootFlavour])[];

async function prepareAndRun(
    program: string,
    words: readonly string[],
    wanted: WantedRoots,
): Promise<number> {
    const lacking = missing();
    if (lacking.length > 0) {
        throw new Complaint(describeMissing(lacking));
    }
    if (!existsSync('/dev/net/tun')) {
        throw new Complaint('/dev/net/tun is missing: "modprobe tun", as root, makes it');
    }
    await subordinateIds();
    const build = buildDirectory();
    const run = runName();
    // Marks every process of this run, and what it is putting into the cache.
    process.env.RBDBOOT_RUN = run;
    const directory = await openRun(build, run);
    try {
        const accelerator = await accelerate(directory);
        const prepared: Preparation = {
            accelerator,
            config: resolve(
                process.env.RBDBOOT_CONFIG ??
                    join(projectDirectory, 'examples/desk/boot.config.ts'),
            ),
            roots: await makeRoots(wanted, build.cache, directory),
            directory,
        };
        return await runInNamespace([process.execPath, ...programBeside(program), ...words], {
            network: 'own',
            environment: { [variable]: JSON.stringify(prepared) },
        });
    } finally {
        await rm(directory, { recursive: true, force: true });
    }
}

/** By what `RBDBOOT_ACCELERATOR` says: `tcg`, `kvm`, or `auto`, which is the default. */
async function accelerate(scratch: string): Promise<Accelerator> {
    const asked = process.env.RBDBOOT_ACCELERATOR ?? 'auto';
    if (asked !== 'tcg' && asked !== 'kvm' && asked !== 'auto') {
        throw new Complaint(`RBDBOOT_ACCELERATOR is ${asked}: it can be tcg, kvm or auto`);
    }
    const accelerator = await chooseAccelerator(asked, qemuProbe(scratch));
    process.stderr.write(
        `        machines run with ${accelerator.name.toUpperCase()}: ${accelerator.reason}; bounds times ${accelerator.slowness.toFixed(1)}\n`,
    );
    return accelerator;
}

/** In a checkout our programs are TypeScript; in a package they are compiled. */
function programBeside(program: string): readonly string[] {
    const ending = extname(import.meta.url);
    const path = fileURLToPath(new URL(`${program}${ending}`, import.meta.url));
    return ending === '.ts' ? ['--import', 'tsx', path] : [path];
}

/** One after the other: each keeps a processor and the network busy. */
async function makeRoots(wanted: WantedRoots, cache: string, scratch: string): Promise<Roots> {
    const roots: Partial<Record<RootName, string>> = {};
    for (const [name, flavour] of wanted) {
        roots[name] = await baseRoot(name, flavour, cache, scratch);
    }
    return roots;
}

/** @throws Error if that root was not asked for when the run began. */
export function rootNamed(roots: Roots, flavour: RootName): string {
    const root = roots[flavour];
    if (root === undefined) {
        throw new Error(`the root "${flavour}" was not made before this run`);
    }
    return root;
}

/**
 * Ends this process when its parent has gone. The one who starts it asks the kernel for that with
 * `setpriv --pdeathsig`; this is for a parent that went before that, or did not ask.
 */
function endWithParent(): void {
    const parent = process.ppid;
    // Make never is the first process of a system, so this parent is not the one that started us.
    if (parent === 1 && process.env.MAKELEVEL !== undefined && nameOf(1) !== 'make') {
        process.exit(1);
    }
    setInterval(() => {
        if (process.ppid !== parent) {
            process.exit(1);
        }
    }, 500).unref();
}

function nameOf(pid: number): string {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
}
