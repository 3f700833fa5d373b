import { accepted, type Parsed, refused } from './parsed.ts';

/** A version of Linux, as far as features depend on it. */
export interface KernelVersion {
    readonly major: number;
    readonly minor: number;
}

/** Reads `6.1`, `6.12.3` or what `uname -r` prints: `6.12.3-amd64`. */
export function parseKernelVersion(text: string): Parsed<KernelVersion> {
    const [, major, minor] = /^(\d{1,3})\.(\d{1,3})(?:\.\d+)*(?:[-+~][\w.+~-]*)?$/.exec(text) ?? [];
    if (major === undefined || minor === undefined) {
        return refused(
            /^v\d/.test(text)
                ? `leave out the "v": "${text.slice(1)}"`
                : 'a kernel version is written as "6.1", or as "uname -r" prints it on the machine',
        );
    }
    return accepted(Object.freeze({ major: Number(major), minor: Number(minor) }));
}

/** `6.1` */
export function printKernelVersion({ major, minor }: KernelVersion): string {
    return `${major}.${minor}`;
}

/** Whether `kernel` came before `since`, and so lacks what `since` brought. */
export function isOlder(kernel: KernelVersion, since: KernelVersion): boolean {
    return kernel.major === since.major ? kernel.minor < since.minor : kernel.major < since.major;
}

/** For the tables of what came when. @param version major and minor alone, as in `5.11`. */
export function since(version: `${number}.${number}`): KernelVersion {
    const [major = 0, minor = 0] = version.split('.').map(Number);
    return Object.freeze({ major, minor });
}
