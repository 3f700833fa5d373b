import { classOfReport } from '../report/code-classes.ts';
import { BootFailure } from '../report/failure-class.ts';
import { complaintIn } from './complaints.ts';
import { failureIn, promptIn } from './failures.ts';

/** Judges the console of one machine, line by line, by what its scenario started it to show. */
export interface ConsoleWatch {
    /** Takes a complete line. @returns why the machine will not come up, if the line says so. */
    readonly read: (line: string) => BootFailure | undefined;
    /** Takes what has come of a line that is not complete. */
    readonly readRest: (rest: string) => BootFailure | undefined;
    /** What the machine complained of, and nobody expected. */
    readonly complaints: () => readonly BootFailure[];
    /** What was allowed and came. */
    readonly shown: () => readonly RegExp[];
    /** What was allowed and never came: the scenario no longer shows what it was written for. */
    readonly stale: () => readonly RegExp[];
}

/** What the kernel says of Ceph comes before the report that explains it. */
const ofCeph = /\b(?:libceph|rbd): /;

/**
 * A line that may come or not, where it is up to chance who notices a fault first. What is allowed must
 * come, and this fits what every kernel says first as well.
 */
export function perhaps(line: RegExp): RegExp {
    return new RegExp(`Linux version|${line.source}`);
}

/** @param allowed lines that the machine is started to show; each must match one. Default: none. */
export function watchConsole(allowed: RegExp | readonly RegExp[] = []): ConsoleWatch {
    const allowances = [allowed].flat();
    const matched = new Set<RegExp>();
    const complaints: BootFailure[] = [];
    let explained = false;

    const isAllowed = (text: string) => {
        const fitting = allowances.filter((pattern) => pattern.test(text));
        for (const pattern of fitting) {
            matched.add(pattern);
        }
        return fitting.length > 0;
    };
    return {
        read(line) {
            if (isAllowed(line)) {
                explained ||= classOfReport(line) !== undefined;
                return undefined;
            }
            const complaint = complaintIn(line);
            if (complaint !== undefined) {
                complaints.push(complaint);
            }
            return failureIn(line);
        },
        readRest: (rest) => (isAllowed(rest) ? undefined : promptIn(rest)),
        complaints: () =>
            explained ? complaints.filter(({ message }) => !ofCeph.test(message)) : complaints,
        shown: () => [...matched],
        stale: () => allowances.filter((pattern) => !matched.has(pattern)),
    };
}

/** A machine of whose console a scenario has seen what it wanted to see. */
interface Watched {
    readonly name: string;
    readonly watch: ConsoleWatch;
    readonly journal: { readonly unheard: () => Error | undefined };
}

/**
 * At the end of a scenario that went well: no machine may have failed or complained behind its back,
 * and every line that was allowed must have come, on one of the machines that it was allowed to.
 *
 * @throws BootFailure with the first that did.
 */
export function expectNothingUnexpected(machines: readonly Watched[]): void {
    for (const { journal, name, watch } of machines) {
        const unheard = journal.unheard();
        if (unheard instanceof BootFailure) {
            throw new BootFailure(
                unheard.failureClass,
                `${name} failed when nobody waited for it any more: ${unheard.message}`,
            );
        }
        const [complaint] = watch.complaints();
        if (complaint !== undefined) {
            throw new BootFailure(
                complaint.failureClass,
                `${name}: ${complaint.message}\nIf the scenario is about that, name the line in "allowed".`,
            );
        }
    }
    const [stale] = neverShown(machines);
    if (stale !== undefined) {
        throw new BootFailure(
            'harness',
            `${stale} was allowed and never shown: take it out of "allowed", or see why it does not come`,
        );
    }
}

/** What was allowed to some of the machines, and none of those has shown. */
function neverShown(machines: readonly Watched[]): readonly string[] {
    const shown = machines.flatMap(({ watch }) => watch.shown()).map(String);
    return machines
        .flatMap(({ watch }) => watch.stale())
        .map(String)
        .filter((pattern) => !shown.includes(pattern));
}
