import type { Observation } from '../journal.ts';
import { cameUp } from './came-up.ts';
import type { Machine } from './machine.ts';

/** What a boot script shows on the console when it ends a boot. */
export interface FailureReport {
    readonly step: string;
    readonly code: string;
    readonly what: string;
    /** What it tells the reader to do. */
    readonly cure: string;
    /** `nic`, `address`, `image` and so on, as far as they were known. */
    readonly facts: Readonly<Record<string, string>>;
    /** What the kernel said of Ceph before, its last lines, without their times. */
    readonly kernel: readonly string[];
    /** What the machine does next: `this machine reboots in 60 seconds`. */
    readonly ending: string;
    /** Seconds from power-on to the first line. */
    readonly seconds: number;
}

const firstLine = /^rbdboot\[(?<step>[a-z-]+)\] (?<code>RB\d{3}): (?<what>.*)$/;
const lastLine =
    /^rbdboot: (?<ending>(?:this machine (?:reboots in \d+ seconds|reboots at once|halts)|a root shell follows).*)$/;

/**
 * Waits until a boot has failed and has said all of it.
 *
 * @param code what the boot must fail with, or this throws: at once if the machine comes up.
 * @param within seconds from power-on: the time that a person would wait before the machine.
 */
export async function failureReport(
    { journal, poweredOn }: Machine,
    code: string,
    within: number,
): Promise<FailureReport> {
    const isFirst = ({ source, text }: Observation) =>
        source === 'console' && firstLine.exec(text)?.groups?.code === code;
    const begin = await journal.waitFor(
        code,
        (seen) => isFirst(seen) || cameUp(seen),
        within,
        poweredOn,
    );
    if (!isFirst(begin)) {
        throw new Error(`the machine came up, and should have failed with ${code}: ${begin.text}`);
    }
    const end = await journal.waitFor('the end of the message', isLast, 10);
    const { ending = '' } = lastLine.exec(end.text)?.groups ?? {};
    const console = journal.all().filter(({ source }) => source === 'console');
    const lines = console
        .slice(console.indexOf(begin), console.findIndex(isLast))
        .map(({ text }) => text);
    return { ...parseReport(lines), ending, seconds: (begin.at - poweredOn) / 1000 };
}

/** Reads the lines of a report, from the first to the one before the last. */
export function parseReport(lines: readonly string[]): Omit<FailureReport, 'ending' | 'seconds'> {
    const { step = '', code = '', what = '' } = firstLine.exec(lines[0] ?? '')?.groups ?? {};
    const named = lines
        .slice(1)
        .map((line) => /^ {2}(?<name>[a-z ]+): (?<value>.*)$/.exec(line)?.groups)
        .filter((groups) => groups !== undefined)
        .map(({ name = '', value = '' }) => [name, value] as const);
    const { 'to do': cure = '', ...facts } = Object.fromEntries(named);
    const kernel = lines
        .map((line) => /^\[ *[0-9.]+\] (?<said>(?:libceph|rbd): .*)$/.exec(line)?.groups?.said)
        .filter((said) => said !== undefined);
    return { step, code, what, cure, facts, kernel };
}

function isLast({ source, text }: Observation): boolean {
    return source === 'console' && lastLine.test(text);
}
