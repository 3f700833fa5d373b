import type { Observation } from './journal.ts';
import type { PhaseName } from './phase-name.ts';
import type { Machine } from './qemu/machine.ts';

/** A part of the way from power-on to the login prompt. */
export interface Phase {
    readonly name: string;
    /** When it began, in seconds from power-on. */
    readonly at: number;
    /** How long it took, in seconds; absent for the last. */
    readonly took?: number;
}

interface Mark {
    readonly name: PhaseName;
    readonly source: Observation['source'];
    readonly pattern: RegExp;
}

/** What begins each phase, in the order in which they come. */
const marks: readonly Mark[] = [
    { name: 'firmware', source: 'harness', pattern: /^power on$/ },
    { name: 'iPXE: lease', source: 'dhcp', pattern: /DHCPDISCOVER/ },
    { name: 'iPXE: script', source: 'dhcp', pattern: /DHCPACK/ },
    { name: 'iPXE: kernel', source: 'http', pattern: /boot\.ipxe / },
    { name: 'iPXE: initrd', source: 'http', pattern: /vmlinuz / },
    { name: 'kernel is unpacked', source: 'http', pattern: /initrd\.img / },
    { name: 'kernel', source: 'console', pattern: /Linux version / },
    { name: 'initramfs', source: 'console', pattern: /Run \/init as init|Loading, please wait/ },
    { name: 'root is mounted', source: 'console', pattern: /EXT4-fs \(\w+\): mounted filesystem/ },
    { name: 'systemd', source: 'console', pattern: /systemd\[1\]: systemd \d/ },
    { name: 'multi-user', source: 'guest', pattern: /^multi-user$/ },
    { name: 'shutdown', source: 'console', pattern: /systemd-shutdown\[1\]: / },
    { name: 'shutdown root', source: 'console', pattern: /\]: Returning to initrd/ },
];

const step = /rbdboot\[(?<step>[a-z-]+)\]/;

/**
 * The phases that a machine went through, by the first sign of each. Every boot script's step that
 * says something on the console is a phase of its own.
 *
 * @param poweredOn the time of power-on, on the clock of the observations.
 */
export function timelineOf(
    observations: readonly Observation[],
    poweredOn: number,
): readonly Phase[] {
    const begun = new Map<string, number>();
    for (const observation of observations) {
        for (const phase of phasesBegunBy(observation, begun)) {
            begun.set(phase, observation.at);
        }
    }
    const ordered = [...begun].sort(([, one], [, other]) => one - other);
    return ordered.map(([name, at], index) => {
        const next = ordered[index + 1]?.[1];
        const phase = { name, at: (at - poweredOn) / 1000 };
        return next === undefined ? phase : { ...phase, took: (next - at) / 1000 };
    });
}

/**
 * The phases that an observation is the first sign of: none, as a rule.
 *
 * @param begun those that the machine has been in.
 */
export function phasesBegunBy(
    { source, text }: Observation,
    begun: { readonly has: (phase: string) => boolean },
): readonly string[] {
    // The initramfs and the system may ask for a lease as well: that is no way back to iPXE.
    const isPast = source === 'dhcp' && begun.has('kernel');
    const known = marks
        .filter((mark) => !isPast && mark.source === source && mark.pattern.test(text))
        .map(({ name }) => name);
    const id = source === 'console' ? step.exec(text)?.groups?.step : undefined;
    const signs = id === undefined ? known : [...known, `rbdboot: ${id}`];
    return signs.filter((phase) => !begun.has(phase));
}

/**
 * Says each phase when it begins, as `12.3 s  desk1: initramfs`.
 *
 * @param say takes one line.
 */
export function narrate(
    { journal, name, poweredOn }: Pick<Machine, 'journal' | 'name' | 'poweredOn'>,
    say: (line: string) => void,
): void {
    const told = new Set<string>();
    journal.follow((observation) => {
        for (const phase of phasesBegunBy(observation, told)) {
            told.add(phase);
            say(
                `${((observation.at - poweredOn) / 1000).toFixed(1).padStart(6)} s  ${name}: ${phase}`,
            );
        }
    });
}

/** A table for people: when each phase began, how long it took, and a bar of that. */
export function printTimeline(phases: readonly Phase[]): string {
    const total = phases.at(-1)?.at ?? 0;
    const width = Math.max(...phases.map(({ name }) => name.length));
    return phases
        .map(({ name, at, took }) => {
            const bar =
                took === undefined ? '' : '#'.repeat(Math.round((40 * took) / (total || 1)));
            const length = took === undefined ? ' '.repeat(8) : `${took.toFixed(1).padStart(6)} s`;
            return `${at.toFixed(1).padStart(6)} s  ${name.padEnd(width)}${length}  ${bar}`.trimEnd();
        })
        .join('\n');
}
