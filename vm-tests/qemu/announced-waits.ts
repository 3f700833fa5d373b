import type { Observation } from '../journal.ts';

/**
 * Lines that say that nothing may come for a while, and for how many seconds at the most: what the
 * product, the firmware and iPXE are documented to wait, and a little more.
 */
const lines: readonly (readonly [RegExp, number | ((found: RegExpExecArray) => number)])[] = [
    [/^rbdboot\[network\]: waiting for a NIC/, 45],
    // klibc-utils: ipconfig is told to try for 60 s.
    [/^rbdboot\[network\]: asking for an address/, 75],
    // The kernel gives the map "lock_timeout" (90 s) and "mount_timeout" (60 s), one after the other.
    [/^rbdboot\[map-image\]: mapping /, 160],
    // Whoever waits for an OSD or for room says so each minute, for as long as it waits.
    [/^rbdboot\[[a-z-]+\] RB24[45]: /, 75],
    [/^rbdboot\[check-root\]: e2fsck /, 120],
    [/^rbdboot\[unlock-luks\]/, 60],
    [/this machine reboots in (\d+) seconds/, ([, seconds]) => Number(seconds) + 15],
    // For ever: it is switched off by a person.
    [/this machine halts|a root shell follows|Halting automatically/, Number.POSITIVE_INFINITY],
    [/Rebooting automatically due to panic=/, 120],
    [/Rebooting in (\d+) seconds/, ([, seconds]) => Number(seconds) + 15],
    // iPXE and the network stack of UEFI try for a lease for about a minute.
    [/Configuring \(net\d|Waiting for link-up|Start PXE over IPv[46]/, 90],
    [/A (?:start|stop) job is running for/, 100],
];

/** A fault that begins or ends, as whoever makes it says in the journal. */
interface FaultSign {
    readonly fault: string;
    readonly state: 'begins' | 'ends';
}

/** Seconds after a fault in which a machine finds its way back: TCP waits ever longer, up to 120 s. */
const recovery = 120;

/** The fault that an observation tells of. While it is there a machine may wait as long as it likes. */
export function faultIn({ data, source }: Observation): FaultSign | undefined {
    return source === 'fault' ? (data as FaultSign) : undefined;
}

/** For how many seconds an observation says that nothing may follow. 0: it says nothing of that. */
export function announcedSeconds(observation: Observation): number {
    const { source, text } = observation;
    if (faultIn(observation) !== undefined) {
        return recovery;
    }
    if (source !== 'console') {
        return 0;
    }
    for (const [pattern, seconds] of lines) {
        const found = pattern.exec(text);
        if (found !== null) {
            return typeof seconds === 'number' ? seconds : seconds(found);
        }
    }
    return 0;
}

/**
 * Whether an observation ends what was announced before: the boot script has come to its next step. That it
 * still waits for a monitor or a lock is none: it has said how long that takes.
 */
export function endsAnnouncement({ source, text }: Observation): boolean {
    return source === 'console' && /^rbdboot\[(?!map-image\]: still )/.test(text);
}

/** Signs that a machine has come to where it has nothing more to do, and is quiet from then on. */
export function isAtRest({ source, text }: Observation): boolean {
    return (
        (source === 'guest' && text === 'multi-user') ||
        (source === 'console' && /^small root: |System halted/.test(text))
    );
}
