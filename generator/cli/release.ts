import { realDisk } from '../emit/disk.ts';
import { readInside } from '../emit/resolve-path.ts';

/** A system, as it says itself which one it is (os-release(5)). */
export interface Release {
    /** `debian` */
    readonly id: string;
    /** `13`; empty for a release that has no number yet, as Debian's next one. */
    readonly version: string;
    /** `Debian GNU/Linux 13 (trixie)` */
    readonly name: string;
}

/** The releases whose initramfs-tools the emitted files are made for. */
const supported = [
    { id: 'debian', version: '12', name: 'Debian 12' },
    { id: 'debian', version: '13', name: 'Debian 13' },
    { id: 'ubuntu', version: '24.04', name: 'Ubuntu 24.04' },
] as const;

/** `Debian 12, Debian 13, Ubuntu 24.04` */
export const supportedNames = supported.map(({ name }) => name).join(', ');

export function isSupported({ id, version }: Release): boolean {
    return supported.some((one) => one.id === id && one.version === version);
}

/** What the system in a root directory is; `undefined` where it does not say. */
export function releaseOf(root: string): Release | undefined {
    const inside = realDisk.realpathSync(root);
    const text = ['etc/os-release', 'usr/lib/os-release']
        .map((path) => readInside(realDisk, inside, path))
        .find((one) => one !== undefined);
    return text === undefined ? undefined : parseOsRelease(text);
}

/**
 * Reads the few lines of os-release that matter here. A value may stand in quotes, as for the shell;
 * control characters, which a terminal would obey, are left out.
 */
export function parseOsRelease(text: string): Release | undefined {
    const values = new Map(
        text.split('\n').flatMap((line) => {
            const [, name, quoted = ''] = /^([A-Z_]+)=(.*)$/.exec(line.trim()) ?? [];
            const value = quoted.replace(/^(["'])(.*)\1$/, '$2').replace(/\p{Cc}/gu, '');
            return name === undefined ? [] : [[name, value] as const];
        }),
    );
    const id = values.get('ID');
    if (id === undefined) {
        return undefined;
    }
    const version = values.get('VERSION_ID') ?? '';
    return { id, version, name: values.get('PRETTY_NAME') ?? `${id} ${version}`.trim() };
}
