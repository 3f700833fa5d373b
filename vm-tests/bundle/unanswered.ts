/** What a machine asked for on the network until the end, and did not get. */
export interface Unanswered {
    /** In words: `an answer to DHCP for 52:54:00:12:34:01`. */
    readonly wanted: string;
    /** How often, since the last answer. */
    readonly times: number;
    /** Seconds from the first frame of the capture to the first of those times. */
    readonly since: number;
    /** Whether somebody said no. */
    readonly refused: boolean;
}

/** A frame that asks, or one that answers. */
interface Turn {
    readonly key: string;
    readonly wanted?: string;
    readonly refuses?: true;
}

/** Seconds that an answer has before it is missed. */
const patience = 1;

/**
 * What was asked in vain: for a MAC address (ARP, neighbour discovery), for a lease, for a connection.
 *
 * @param lines of "tcpdump -nn -tt", in the order of their times.
 * @returns the earliest first: what comes behind it is often its consequence.
 */
export function unanswered(lines: readonly string[]): readonly Unanswered[] {
    const open = new Map<string, Unanswered & { readonly last: number }>();
    const times = lines.map((line) => Number(/^\d+\.\d+/.exec(line)?.[0] ?? Number.NaN));
    const begun = times.find((time) => !Number.isNaN(time)) ?? 0;
    const ended = times.findLast((time) => !Number.isNaN(time)) ?? 0;
    for (const [index, line] of lines.entries()) {
        const turn = readTurn(line);
        const at = times[index] ?? begun;
        if (turn === undefined) {
            continue;
        }
        const { key, refuses, wanted } = turn;
        const known = open.get(key);
        if (wanted !== undefined) {
            open.set(key, {
                wanted,
                times: (known?.times ?? 0) + 1,
                since: known?.since ?? at - begun,
                refused: known?.refused ?? false,
                last: at,
            });
        } else if (refuses) {
            if (known !== undefined) {
                open.set(key, { ...known, refused: true });
            }
        } else {
            open.delete(key);
        }
    }
    return [...open.values()]
        .filter(({ last, refused }) => refused || ended - last >= patience)
        .map(({ last: _, ...rest }) => rest)
        .toSorted((one, other) => one.since - other.since);
}

/** A line for each: `9.2 s: a connection to 10.77.0.10.6789, 5 times, no answer`. */
export function printUnanswered(all: readonly Unanswered[]): string {
    return all
        .map(
            ({ refused, since, times, wanted }) =>
                `${since.toFixed(1).padStart(6)} s: ${wanted}, ${times === 1 ? 'once' : `${times} times`}, ${refused ? 'refused' : 'no answer'}`,
        )
        .join('\n');
}

/** The lines of tcpdump that ask or answer; an address that is only looked at for being free is no question. */
const readers: readonly (readonly [RegExp, (groups: Readonly<Record<string, string>>) => Turn])[] =
    [
        [
            /ARP, Request who-has (?<whom>\S+)(?: \(\S+\))? tell (?!0\.0\.0\.0|\k<whom>)\S+,/,
            ({ whom }) => ({ key: `mac ${whom}`, wanted: `the MAC address of ${whom}` }),
        ],
        [/ARP, Reply (?<whom>\S+) is-at/, ({ whom }) => ({ key: `mac ${whom}` })],
        [
            /IP6 (?!:: )\S+ > \S+: .*neighbor solicitation, who has (?<whom>[^,\s]+)/,
            ({ whom }) => ({ key: `mac ${whom}`, wanted: `the MAC address of ${whom}` }),
        ],
        [/neighbor advertisement, tgt is (?<whom>[^,\s]+)/, ({ whom }) => ({ key: `mac ${whom}` })],
        [
            /BOOTP\/DHCP, Request from (?<mac>[0-9a-f:]{17})/,
            ({ mac }) => ({ key: 'dhcp', wanted: `an answer to DHCP for ${mac}` }),
        ],
        [/BOOTP\/DHCP, Reply/, () => ({ key: 'dhcp' })],
        [
            /IP6? \S+ > (?<to>\S+): Flags \[S\]/,
            ({ to }) => ({ key: `tcp ${to}`, wanted: `a connection to ${to}` }),
        ],
        [/IP6? (?<from>\S+) > \S+: Flags \[S\.\]/, ({ from }) => ({ key: `tcp ${from}` })],
        [
            /IP6? (?<from>\S+) > \S+: Flags \[R\.?\]/,
            ({ from }) => ({ key: `tcp ${from}`, refuses: true }),
        ],
    ];

function readTurn(line: string): Turn | undefined {
    for (const [pattern, read] of readers) {
        const match = pattern.exec(line);
        if (match !== null) {
            return read(match.groups ?? {});
        }
    }
    return undefined;
}
