import type { Machine } from './machine.ts';

/** What a small root says of itself when its init was started (`guest/small-init.sh`). */
export interface SmallRootStarted {
    /** As in /proc/mounts: `/dev/rbd0p2`. */
    readonly source: string;
    readonly type: string;
    readonly options: readonly string[];
    /** Whether it could write to its root. */
    readonly written: boolean;
    /** Seconds from power-on. */
    readonly seconds: number;
}

const line =
    /^small root: (?<number>\S+) written=(?<written>yes|no) (?<source>\S+) (?<type>\S+) (?<options>\S+)$/;

/** Waits until the system of a small root runs, in this run of this machine. */
export async function smallRootStarted(
    { journal, nonce, poweredOn }: Machine,
    seconds: number,
): Promise<SmallRootStarted> {
    const { at, text } = await journal.waitFor(
        'the init of the small root',
        ({ source, text: said }) =>
            source === 'console' && line.exec(said)?.groups?.number === nonce,
        seconds,
    );
    const { options = '', source = '', type = '', written } = line.exec(text)?.groups ?? {};
    return {
        source,
        type,
        options: options.split(','),
        written: written === 'yes',
        seconds: (at - poweredOn) / 1000,
    };
}
