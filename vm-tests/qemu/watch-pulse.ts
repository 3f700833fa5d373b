import { statSync } from 'node:fs';
import { inTime } from '../in-time.ts';
import { type Journal, now } from '../journal.ts';
import { classOfPhase } from '../report/classify.ts';
import { BootFailure } from '../report/failure-class.ts';
import { timelineOf } from '../timeline.ts';
import { describeStall, isStopped } from './describe-stall.ts';
import { bytesSent, processorSeconds, processState } from './process-facts.ts';
import { openPulse, type Quiet } from './pulse.ts';
import type { Qmp } from './qmp.ts';

/** What the pulse of a machine is felt at. */
export interface Patient {
    readonly journal: Journal;
    readonly qmp: Qmp;
    readonly pid: number;
    readonly poweredOn: number;
    readonly slowness: number;
    /** Its ends of the network. */
    readonly taps: readonly string[];
    /** Files that only grow, by the name of the channel that they are. */
    readonly files: Readonly<Record<string, string>>;
    /** Whether it has disks, whose counters QEMU is asked for. */
    readonly hasDisks: boolean;
}

export interface PulseWatch {
    /** The longest time, in seconds, for which nothing moved and nothing was announced. */
    readonly longestQuiet: () => number;
    readonly stop: () => void;
}

const interval = 1000;

/** Looks after a machine, and tells whoever waits for it when it moves no more. */
export function watchPulse(patient: Patient): PulseWatch {
    const { journal, poweredOn, qmp, slowness } = patient;
    const pulse = openPulse(poweredOn, slowness);
    for (const observation of journal.all()) {
        pulse.observe(observation);
    }
    journal.follow(pulse.observe);
    const thread = processorThread(qmp);
    let looking = false;

    const look = async () => {
        const at = now();
        const quiet = pulse.read(at, {
            counters: await countersOf(patient),
            ...processorOf(patient.pid, await thread),
        });
        if (quiet !== undefined && journal.isWaitedFor(quiet.since, quiet.limit)) {
            journal.giveUp(quiet.since, quiet.limit, await stallOf(patient, quiet, at));
        }
    };
    const timer = setInterval(() => {
        if (!looking) {
            looking = true;
            // QEMU may end meanwhile, which closes the journal by itself.
            void look()
                .catch(() => {})
                .finally(() => {
                    looking = false;
                });
        }
    }, interval);
    timer.unref();
    return { longestQuiet: pulse.longest, stop: () => clearInterval(timer) };
}

async function stallOf({ journal, pid, poweredOn, qmp }: Patient, quiet: Quiet, at: number) {
    const state = processState(pid);
    const status = await statusOf(qmp);
    const lastLine = journal.all().findLast(({ source }) => source === 'console')?.text;
    const facts = {
        ...(lastLine === undefined ? {} : { lastLine }),
        ...(status === undefined ? {} : { status }),
        ...(state === undefined ? {} : { processState: state }),
    };
    const phase = timelineOf(journal.all(), poweredOn).at(-1)?.name;
    return new BootFailure(
        isStopped(facts) ? 'infra' : (classOfPhase(phase) ?? 'kernel'),
        `${describeStall({ quiet, at, ...facts })}; it had come to: ${phase ?? 'nothing'}`,
    );
}

async function countersOf({ files, hasDisks, qmp, taps }: Patient) {
    const sizes = Object.entries(files).map(
        ([channel, path]) =>
            [channel, statSync(path, { throwIfNoEntry: false })?.size ?? 0] as const,
    );
    const disks = hasDisks ? { disks: await diskOperations(qmp) } : {};
    return { ...Object.fromEntries(sizes), network: bytesSent(taps), ...disks };
}

async function diskOperations(qmp: Qmp): Promise<number> {
    const blocks = await ask<{ stats: { rd_operations: number; wr_operations: number } }[]>(
        qmp,
        'query-blockstats',
    );
    return (blocks ?? []).reduce(
        (sum, { stats }) => sum + stats.rd_operations + stats.wr_operations,
        0,
    );
}

function processorOf(pid: number, thread: number | undefined): { readonly processor?: number } {
    const processor = thread === undefined ? undefined : processorSeconds(pid, thread);
    return processor === undefined ? {} : { processor };
}

/** The thread of QEMU that runs the code of the machine. */
async function processorThread(qmp: Qmp): Promise<number | undefined> {
    const cpus = await ask<{ 'thread-id'?: number }[]>(qmp, 'query-cpus-fast');
    return cpus?.[0]?.['thread-id'];
}

async function statusOf(qmp: Qmp): Promise<string | undefined> {
    return (await ask<{ status?: string }>(qmp, 'query-status'))?.status;
}

/** What QEMU says of its machine, if it answers within 5 s: one that was stopped does not. */
async function ask<T>(qmp: Qmp, command: string): Promise<T | undefined> {
    const answer = qmp.execute(command) as Promise<T>;
    return inTime(5, answer, `no answer to ${command}`).catch(() => undefined);
}
