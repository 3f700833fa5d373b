import { cpus, freemem, loadavg, release, totalmem } from 'node:os';
import { execa } from 'execa';
import { projectDirectory } from '../build-directory.ts';
import type { Accelerator } from '../qemu/accelerator.ts';

/** On what a scenario ran: whoever repeats it elsewhere compares this first. */
export interface Environment {
    readonly accelerator: Accelerator;
    readonly processor: { readonly model: string; readonly count: number };
    readonly memory: { readonly megabytes: number; readonly free: number };
    /** Processes that wanted to run, in the last minute, the last five, and the last fifteen. */
    readonly load: readonly number[];
    readonly versions: Readonly<Record<string, string>>;
    /** What chance was fed with, if anything was left to chance. */
    readonly seed?: string;
}

/** Looks at this computer and at the programs that the lab is made of. */
export async function environmentOf(accelerator: Accelerator): Promise<Environment> {
    const [first] = cpus();
    const megabytes = (bytes: number) => Math.round(bytes / 2 ** 20);
    const [rbdboot, qemu, ceph] = await Promise.all([
        said('git', ['-C', projectDirectory, 'describe', '--always', '--dirty', '--exclude=*']),
        said('qemu-system-x86_64', ['--version']),
        said('ceph-mon', ['--version']),
    ]);
    const { SEED } = process.env;
    return {
        accelerator,
        processor: { model: first?.model ?? 'unknown', count: cpus().length },
        memory: { megabytes: megabytes(totalmem()), free: megabytes(freemem()) },
        load: loadavg().map((load) => Math.round(load * 100) / 100),
        versions: { rbdboot, qemu, ceph, kernel: release(), node: process.version },
        ...(SEED === undefined ? {} : { seed: SEED }),
    };
}

/** The first line that a program prints. */
async function said(program: string, words: readonly string[]): Promise<string> {
    const { stdout } = await execa(program, words, { reject: false, timeout: 5000 });
    return stdout?.split('\n')[0] || 'unknown';
}
