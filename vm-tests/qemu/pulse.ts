import type { Observation } from '../journal.ts';
import { announcedSeconds, endsAnnouncement, faultIn, isAtRest } from './announced-waits.ts';

/** What is read of a machine about once a second. Each number only grows. */
export interface Reading {
    /** By channel: bytes or operations. */
    readonly counters: Readonly<Record<string, number>>;
    /** Seconds that its processor ran or wanted to run. Absent: it could not be read. */
    readonly processor?: number;
}

/** A machine of which nothing moved for a while. */
export interface Quiet {
    /** When something moved last, or was announced to: milliseconds, on the clock of the journal. */
    readonly since: number;
    /** Seconds after which this is a stall. */
    readonly limit: number;
    /** Part of the time that its processor was busy, from 0 to 1. */
    readonly busy?: number;
    /** When each channel moved last, the latest first; absent those that never did. */
    readonly alive: readonly (readonly [channel: string, at: number])[];
}

export interface Pulse {
    /** Takes what was observed. */
    readonly observe: (observation: Observation) => void;
    /** Takes what was read. @returns how quiet the machine is; nothing if it may be. */
    readonly read: (at: number, reading: Reading) => Quiet | undefined;
    /** The longest time, in seconds, for which nothing moved and nothing was announced. */
    readonly longest: () => number;
}

/**
 * Seconds of quiet after which a machine is stalled. One whose processor has nothing to do waits for
 * something; one that computes may unpack an initrd or a key, which no other channel shows.
 */
export const stallSeconds = Object.freeze({ idle: 20, busy: 60 });

/**
 * What a channel must move in a second to count. A machine that waits keeps its sessions with the
 * cluster alive, which is a few hundred bytes every few seconds.
 */
const least: Readonly<Record<string, number>> = { network: 600 };

/** Sources that are channels by themselves; lines of the servers may be of other machines. */
const ownSources: readonly Observation['source'][] = ['guest', 'qemu', 'harness', 'console'];

/** What the kernel says of its own clock, which goes on in a machine that does nothing else. */
const clockChatter = /\] (?:hrtimer: interrupt took|clocksource: (?:Long readout|timekeeping))/;

const channels: Readonly<Partial<Record<Observation['source'], string>>> = {
    console: 'serial console',
    guest: 'events of the guest',
    qemu: 'events of QEMU',
};

/** Starts to feel the pulse of a machine that gets power now. */
export function openPulse(begun: number, slowness: number): Pulse {
    const alive = new Map<string, number>([['power', begun]]);
    let last: { readonly at: number; readonly reading: Reading } | undefined;
    let announcedUntil = begun;
    /** Faults that are there now. */
    const faults = new Set<string>();
    let resting = false;
    /** Bytes of the serial console since the last reading that tell nothing. */
    let chatter = 0;
    let longest = 0;
    /** When and with what the processor was seen last while something moved. */
    let moved = { at: begun, processor: 0 };

    const perSecond = (channel: string, now: number, at: number) => {
        const before = last?.reading.counters[channel] ?? 0;
        const seconds = last === undefined ? 1 : Math.max((at - last.at) / 1000, 0.001);
        return (now - before) / Math.max(seconds, 1);
    };
    return {
        longest: () => longest,
        observe(observation) {
            const { at, source, text } = observation;
            if (source === 'console' && clockChatter.test(text)) {
                chatter += text.length + '\r\n'.length;
                return;
            }
            if (ownSources.includes(source)) {
                alive.set(channels[source] ?? source, at);
            }
            if (endsAnnouncement(observation)) {
                announcedUntil = at;
            }
            const fault = faultIn(observation);
            if (fault?.state === 'begins') {
                faults.add(fault.fault);
            } else if (fault !== undefined) {
                faults.delete(fault.fault);
            }
            const seconds = announcedSeconds(observation);
            if (seconds > 0) {
                announcedUntil = at + seconds * 1000 * slowness;
            }
            resting = isAtRest(observation) || (resting && !/^systemd-shutdown/.test(text));
        },
        read(at, reading) {
            for (const [channel, counted] of Object.entries(reading.counters)) {
                const now = channel === channels.console ? counted - chatter : counted;
                if (perSecond(channel, now, at) >= (least[channel] ?? Number.MIN_VALUE)) {
                    alive.set(channel, at);
                }
            }
            last = { at, reading };
            chatter = 0;
            const latest = [...alive].sort(([, one], [, other]) => other - one);
            const movedAt = latest[0]?.[1] ?? begun;
            if (movedAt > moved.at) {
                moved = { at: movedAt, processor: reading.processor ?? 0 };
            }
            const since = Math.max(movedAt, announcedUntil);
            if (resting || faults.size > 0 || at <= since) {
                return undefined;
            }
            longest = Math.max(longest, (at - since) / 1000);
            const busy =
                reading.processor === undefined
                    ? undefined
                    : (reading.processor - moved.processor) / ((at - moved.at) / 1000);
            const limit = busy !== undefined && busy < 0.5 ? stallSeconds.idle : stallSeconds.busy;
            return {
                since,
                limit: limit * slowness,
                alive: latest,
                ...(busy === undefined ? {} : { busy: Math.min(busy, 1) }),
            };
        },
    };
}
