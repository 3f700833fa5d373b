import { open, readdir, stat } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { BootFailure } from '../report/failure-class.ts';

/** What a daemon writes when it fails (src/global/signal_handler.cc and src/common/assert.cc of Ceph). */
const crash =
    /\*\*\* Caught signal|FAILED ceph_assert|ceph_abort_msg|terminate called after|Segmentation fault|(?:Address|Thread)Sanitizer|had suicide timed out|scrub .* inconsistent/;

/** The name that the kernel gives a core (core(5)), where nothing else takes it. */
const core = /^core(?:\.\d+)?$/;

/** The daemons of a lab, from some moment on. */
export interface CrashWatch {
    /** @throws BootFailure if one has failed since, or has left a core. */
    readonly expectNone: () => Promise<void>;
}

/** @param logs where the daemons write, and have their working directory. */
export async function watchForCrashes(logs: string): Promise<CrashWatch> {
    const before = new Map<string, number>();
    for (const name of await filesOf(logs)) {
        before.set(name, (await stat(join(logs, name))).size);
    }
    return {
        async expectNone() {
            for (const name of await filesOf(logs)) {
                if (core.test(basename(name)) && !before.has(name)) {
                    throw new BootFailure('infra', `a daemon has left a core: ${name}`);
                }
                const said = core.test(basename(name))
                    ? undefined
                    : await crashAfter(join(logs, name), before.get(name) ?? 0);
                if (said !== undefined) {
                    throw new BootFailure('infra', `a daemon has failed, by ${name}: ${said}`);
                }
            }
        },
    };
}

/** Own clusters of scenarios have directories of their own. */
async function filesOf(logs: string): Promise<readonly string[]> {
    const entries = await readdir(logs, { recursive: true, withFileTypes: true });
    return entries
        .filter((entry) => entry.isFile())
        .map((entry) => relative(logs, join(entry.parentPath, entry.name)));
}

/** The first line of a log in which a daemon says that it failed, if there is one. */
export function crashIn(text: string): string | undefined {
    return text
        .split('\n')
        .find((line) => crash.test(line))
        ?.trim();
}

async function crashAfter(path: string, begin: number): Promise<string | undefined> {
    const file = await open(path);
    try {
        const { size } = await file.stat();
        const bytes = Buffer.alloc(Math.max(size - begin, 0));
        await file.read(bytes, 0, bytes.length, begin);
        return crashIn(bytes.toString('latin1'));
    } finally {
        await file.close();
    }
}
