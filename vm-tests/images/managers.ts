import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The name that systemd gives the one NIC of a machine of the lab. */
export const nic = 'enp0s2';

/** What administrators write for a NIC with DHCP, by network manager. */
const configurations = Object.freeze({
    ifupdown: {
        'etc/network/interfaces': `auto lo\niface lo inet loopback\n\nauto ${nic}\niface ${nic} inet dhcp\n`,
    },
    netplan: {
        'etc/netplan/50-all.yaml':
            'network:\n  version: 2\n  ethernets:\n    all:\n      match:\n        name: "en*"\n      dhcp4: true\n',
    },
    // It takes each NIC that nobody speaks of.
    'network-manager': {},
} satisfies Readonly<Record<string, Readonly<Record<string, string>>>>);

export type ManagerName = keyof typeof configurations;

const program = '/usr/local/sbin/choose-manager';
const source = fileURLToPath(new URL('../guest/choose-manager.sh', import.meta.url));

/** What makes of a kernel command line one that starts the system with this manager alone. */
export function withManager(name: ManagerName): (line: string) => string {
    const others = name === 'network-manager' ? [] : ['systemd.mask=NetworkManager.service'];
    return (line) => [line, `init=${program}`, `manager=${name}`, ...others].join(' ');
}

/** The files of a root that can be started with any of the managers, by path. */
export async function managerFiles(): Promise<Readonly<Record<string, string>>> {
    const files = Object.entries(configurations).flatMap(([name, ofOne]) =>
        Object.entries({ ...ofOne, [`etc/managed-by-${name}`]: '' }).map(
            ([path, text]) => [`usr/local/share/managers/${name}/${path}`, text] as const,
        ),
    );
    return {
        ...Object.fromEntries(files),
        [program.slice(1)]: await readFile(source, 'utf8'),
    };
}

/** Writes them. */
export async function prepareManagers(root: string): Promise<void> {
    for (const [path, text] of Object.entries(await managerFiles())) {
        const file = join(root, path);
        await mkdir(dirname(file), { recursive: true });
        await writeFile(file, text, { mode: path.endsWith('choose-manager') ? 0o755 : 0o600 });
    }
}
