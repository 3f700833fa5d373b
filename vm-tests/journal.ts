/** Something that was seen of a machine, with the host's clock. */
export interface Observation {
    /** Milliseconds since 1970, with fractions, on a clock that never jumps. */
    readonly at: number;
    /** `fault`: something that a scenario does to the machine on purpose. */
    readonly source: 'harness' | 'fault' | 'dhcp' | 'http' | 'console' | 'guest' | 'qemu';
    /** One line, without control characters. */
    readonly text: string;
    /** What the line says, where it is data: an event of the guest or of QEMU. */
    readonly data?: unknown;
}

/** Everything seen of one machine in its order, and those who wait for more of it. */
export interface Journal {
    readonly add: (observation: Observation) => void;
    readonly all: () => readonly Observation[];
    /** Calls back with each observation from now on. */
    readonly follow: (take: (observation: Observation) => void) => void;
    /**
     * The first observation that fits, now or later.
     *
     * @param what completes the sentence "waiting for WHAT".
     * @param seconds as many as are enough on a machine of the usual speed.
     * @param from when they began, as {@link now} has it. Default: now.
     * @throws Error when the seconds are over, with what was seen last, or when the journal is closed.
     */
    readonly waitFor: (
        what: string,
        fits: (observation: Observation) => boolean,
        seconds: number,
        from?: number,
    ) => Promise<Observation>;
    /** Whether somebody waits who has seen nothing move for so many seconds. */
    readonly isWaitedFor: (quietSince: number, seconds: number) => boolean;
    /** Rejects those; whoever begins to wait later has patience again. */
    readonly giveUp: (quietSince: number, seconds: number, reason: Error) => void;
    /** Rejects whoever waits now or later for what has not been seen. The first reason stays. */
    readonly close: (reason: Error) => void;
    /** Why it was closed, if it was. */
    readonly closed: () => Error | undefined;
    /** Why it was closed, if nobody who waited was told. */
    readonly unheard: () => Error | undefined;
}

interface Waiting {
    readonly since: number;
    readonly fits: (observation: Observation) => boolean;
    readonly seen: (observation: Observation) => void;
    readonly fail: (reason: Error) => void;
}

/** Milliseconds since 1970 on a clock that never jumps. */
export function now(): number {
    return performance.timeOrigin + performance.now();
}

/**
 * Opens an empty journal.
 *
 * @param slowness what the seconds of those who wait are multiplied with. Default: 1.
 */
export function openJournal(slowness = 1): Journal {
    const observations: Observation[] = [];
    const waiting = new Set<Waiting>();
    const followers: ((observation: Observation) => void)[] = [];
    let reason: Error | undefined;
    let heard = false;
    const outOfPatience = (quietSince: number, seconds: number) =>
        [...waiting].filter(({ since }) => now() - Math.max(since, quietSince) >= seconds * 1000);

    return {
        all: () => observations,
        closed: () => reason,
        unheard: () => (heard ? undefined : reason),
        follow: (take) => {
            followers.push(take);
        },
        add(observation) {
            observations.push(observation);
            for (const take of followers) {
                take(observation);
            }
            for (const one of waiting) {
                if (one.fits(observation)) {
                    one.seen(observation);
                }
            }
        },
        isWaitedFor: (quietSince, seconds) => outOfPatience(quietSince, seconds).length > 0,
        giveUp(quietSince, seconds, error) {
            for (const one of outOfPatience(quietSince, seconds)) {
                one.fail(error);
            }
        },
        close(error) {
            reason ??= error;
            heard ||= waiting.size > 0;
            for (const one of waiting) {
                one.fail(reason);
            }
        },
        async waitFor(what, fits, usualSeconds, from = now()) {
            const seconds = usualSeconds * slowness;
            const known = observations.find(fits);
            if (known !== undefined) {
                return known;
            }
            if (reason !== undefined) {
                heard = true;
                throw new Error(`waiting for ${what}: ${reason.message}`, { cause: reason });
            }
            return new Promise((resolve, reject) => {
                const done = () => {
                    clearTimeout(timer);
                    waiting.delete(one);
                };
                const one: Waiting = {
                    since: now(),
                    fits,
                    seen: (observation) => {
                        done();
                        resolve(observation);
                    },
                    fail: (error) => {
                        done();
                        reject(
                            new Error(`waiting for ${what}: ${error.message}`, { cause: error }),
                        );
                    },
                };
                const timer = setTimeout(
                    () =>
                        one.fail(new Error(`not within ${seconds} s; ${lastSigns(observations)}`)),
                    seconds * 1000 - (now() - from),
                );
                waiting.add(one);
            });
        },
    };
}

/** What was heard last from each source, which tells a machine that hangs from one that is slow. */
function lastSigns(observations: readonly Observation[]): string {
    const last = new Map(observations.map((one) => [one.source, one]));
    const signs = [...last.values()]
        .sort((one, other) => other.at - one.at)
        .map(
            ({ at, source, text }) =>
                `${source} ${((now() - at) / 1000).toFixed(1)} s ago: ${JSON.stringify(text.slice(0, 160))}`,
        );
    return signs.length === 0 ? 'nothing was seen at all' : `seen last: ${signs.join('; ')}`;
}
