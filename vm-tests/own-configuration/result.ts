import { describeSuccess } from '../describe-success.ts';
import type { Firmware } from '../network-start.ts';
import { NotUp, type Success } from '../show-boot.ts';
import type { StandIn } from './stand-ins.ts';
import type { Release } from './trial.ts';

/** What came of one host. */
export interface HostResult {
    readonly host: string;
    readonly standIns: readonly StandIn[];
    /** How it went: up, or why not. */
    readonly outcome: Success | Error;
}

/** What a run was with. */
export interface Circumstances {
    readonly firmware: Firmware;
    readonly release: Release;
}

/** For a program: the same of each host, whether it came up or not. */
export function resultDocument(
    { firmware, release }: Circumstances,
    results: readonly HostResult[],
): Readonly<Record<string, unknown>> {
    return {
        ok: results.every(isUp),
        firmware,
        release,
        hosts: results.map((result) => ({
            host: result.host,
            ok: isUp(result),
            ...(result.outcome instanceof Error
                ? whyNot(result.outcome)
                : figuresOf(result.outcome)),
            standIns: result.standIns,
        })),
    };
}

function figuresOf({ bytes, device, image, owner, phases, seconds }: Success) {
    return { image, device, ...(owner === undefined ? {} : { owner }), seconds, bytes, phases };
}

function whyNot(error: Error) {
    return error instanceof NotUp
        ? { class: error.failureClass, reason: error.reason, bundle: error.bundle }
        : { reason: error.message };
}

/** For a person: what came of one host, and what it does not show. */
export function describeResult({ outcome, standIns, host }: HostResult): string {
    const width = Math.max(...standIns.map(({ part }) => part.length));
    const lines = standIns.flatMap(({ notTested, part, standIn }) => [
        `  ${part.padEnd(width)}  ${standIn}`,
        `  ${''.padEnd(width)}    not tested: ${notTested}`,
    ]);
    const end = outcome instanceof Error ? `\n${outcome.message}` : describeSuccess(outcome);
    return [
        ...(outcome instanceof Error ? [] : [end, '']),
        `What ${host} was tried with, and what that does not show:`,
        ...lines,
        ...(outcome instanceof Error ? [end, `rbdboot: ${host} would not come up`] : []),
    ].join('\n');
}

/** For a person: a line for each host, where there are several. */
export function describeAll(results: readonly HostResult[]): string {
    const width = Math.max(...results.map(({ host }) => host.length));
    const lines = results.map(({ host, outcome }) => {
        const words =
            outcome instanceof Error
                ? ['would not come up', firstLine(outcome)]
                : [
                      `up in ${outcome.seconds.toFixed(1)} s`,
                      `${outcome.image} on ${outcome.device}`,
                  ];
        return `  ${host.padEnd(width)}  ${words.join(': ')}`;
    });
    const up = results.filter(isUp).length;
    return ['', ...lines, `rbdboot: ${up} of ${results.length} hosts are up`].join('\n');
}

export function isUp({ outcome }: HostResult): boolean {
    return !(outcome instanceof Error);
}

function firstLine(error: Error): string {
    return (error instanceof NotUp ? error.reason : error.message).split('\n')[0] ?? '';
}
