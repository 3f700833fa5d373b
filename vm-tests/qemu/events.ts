/** One event of the guest, as `guest/report.sh` writes it. */
export interface GuestEvent {
    readonly event: string;
    readonly data: unknown;
}

/** `findmnt` on the guest's `/`. */
export interface RootMount {
    readonly source: string;
    readonly fstype: string;
    readonly options: string;
}

/** An image that the guest has mapped: its number and what sysfs says of it. */
export interface MappedImage {
    /** `0` for /dev/rbd0. */
    readonly id: string;
    /** By name of the file in /sys/bus/rbd/devices/ID. */
    readonly sysfs: Readonly<Record<string, string>>;
}

/** Reads a line of the event port. */
export function parseGuestEvent(line: string): GuestEvent | undefined {
    try {
        const { event, data } = JSON.parse(line);
        return typeof event === 'string' ? { event, data } : undefined;
    } catch {
        return undefined;
    }
}

/** Whether it is no part of the guest's report, but what a scenario has asked it for. */
export function isAnswer({ event }: GuestEvent): boolean {
    return event.startsWith('answer-');
}

/** The mount of `/` in the data of a `root` event. */
export function rootMountIn(data: unknown): RootMount | undefined {
    return (data as { filesystems?: RootMount[] } | null)?.filesystems?.[0];
}
