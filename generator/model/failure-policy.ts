import { type DurationText, parseDuration, type Seconds } from './duration.ts';
import { accepted, type Parsed, refused } from './parsed.ts';

/** What a machine does when its boot has failed and the report is on the console. */
export type FailurePolicy =
    /** Time to read the report, then another try: what was wrong outside may be mended by then. */
    | { readonly kind: 'reboot'; readonly after: Seconds }
    /** Stops with the report on the screen, until somebody switches it off and on. */
    | { readonly kind: 'halt' }
    /** A root shell on the console, for whoever stands there. */
    | { readonly kind: 'shell' };

/** How a configuration writes it. */
export type FailurePolicyText = 'shell' | 'halt' | { readonly reboot: DurationText };

/** Of a host that says nothing of it. */
export const defaultFailurePolicy: FailurePolicy = Object.freeze({
    kind: 'reboot',
    after: 60 as Seconds,
});

const longest = 24 * 60 * 60;

/** The time in `{ reboot: '60s' }`: 1 s to 24 hours. */
export function parseRebootDelay(text: string): Parsed<Seconds> {
    const parsed = parseDuration(text);
    if (!parsed.ok) {
        return parsed;
    }
    if (parsed.value < 1) {
        return refused('nobody could read the report: write at least "1s"');
    }
    return parsed.value > longest
        ? refused('a machine that is to wait longer than 24 hours may as well halt: write "halt"')
        : accepted(parsed.value);
}

/**
 * The policy as a word of the kernel command line. The kernel (Documentation/admin-guide/
 * kernel-parameters.txt), `panic` of initramfs-tools (scripts/functions) and `fail` of the boot
 * script all read `panic=`: seconds to a reboot, `0` to stop there, and, for the latter two, nothing
 * behind the sign for a shell. The kernel itself stops then.
 */
export function panicWord(policy: FailurePolicy): string {
    switch (policy.kind) {
        case 'reboot':
            return `panic=${policy.after}`;
        case 'halt':
            return 'panic=0';
        case 'shell':
            return 'panic=';
    }
}
