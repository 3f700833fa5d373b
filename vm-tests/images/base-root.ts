import { closeSync, openSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Complaint } from '../complaint.ts';
import { cached } from '../content-cache.ts';
import { runInNamespace } from '../namespace.ts';

/** A Debian system that machines are made from. */
export interface RootFlavour {
    readonly suite: string;
    /** What it has besides {@link commonPackages}. */
    readonly packages: readonly string[];
    /** It is no system: the files of these packages alone, for programs of this machine. */
    readonly filesAlone?: true;
}

/** Each takes about a minute to make where it is not in the cache, so there are few. */
export const rootFlavours = Object.freeze({
    plain: { suite: 'bookworm', packages: [] },
    // Debian 13 no longer has e2fsprogs in every system.
    trixie: { suite: 'trixie', packages: ['e2fsprogs', 'ipxe'] },
    /** Every network manager that there is, of which a machine starts one. */
    managers: {
        suite: 'bookworm',
        packages: ['ifupdown', 'isc-dhcp-client', 'netplan.io', 'network-manager'],
    },
    /** What unlocks disks over the network, and then takes it down. */
    unlockers: { suite: 'bookworm', packages: ['dropbear-initramfs', 'clevis-initramfs'] },
    /** For roots in a LUKS container: what opens it, and what opens it by /etc/crypttab. */
    cryptsetup: { suite: 'bookworm', packages: ['cryptsetup-bin'] },
    crypttab: { suite: 'bookworm', packages: ['cryptsetup-initramfs'] },
    /** mkfs.btrfs makes subvolumes since 6.11. */
    'btrfs-tools': { suite: 'trixie', packages: ['btrfs-progs'], filesAlone: true },
    /** For the boot scripts that `make bench` compares with. */
    'with-rbd-program': { suite: 'bookworm', packages: ['ceph-common'] },
} satisfies Readonly<Record<string, RootFlavour>>);

export type RootFlavourName = keyof typeof rootFlavours;

/** What a diskless desktop needs at the least, with Debian's standard kernel. */
const commonPackages = [
    'systemd-sysv',
    'udev',
    'initramfs-tools',
    'busybox',
    'keyutils',
    'zstd',
    'iproute2',
    'linux-image-amd64',
];

// All of it is written into a new cluster for each run, so what no machine without screen, speaker
// or radio looks at is left out. Drivers of wired NICs stay: the initrd is made from this tree.
const leftOut = [
    '/usr/share/doc/*',
    '/usr/share/man/*',
    '/usr/share/locale/*',
    '/lib/modules/*/kernel/sound/*',
    '/lib/modules/*/kernel/drivers/gpu/*',
    '/lib/modules/*/kernel/drivers/infiniband/*',
    '/lib/modules/*/kernel/drivers/media/*',
    '/lib/modules/*/kernel/drivers/net/wireless/*',
    '/lib/modules/*/kernel/drivers/staging/*',
];

function optionsFor({ filesAlone, packages }: RootFlavour): readonly string[] {
    if (filesAlone === true) {
        const include = `--include=${packages.join(',')}`;
        return ['--mode=root', '--variant=extract', '--format=tar', include];
    }
    return [
        '--mode=root',
        '--variant=minbase',
        '--format=tar',
        `--include=${[...commonPackages, ...packages].join(',')}`,
        ...leftOut.map((pattern) => `--dpkgopt=path-exclude=${pattern}`),
    ];
}

/**
 * A week is short enough for security updates to come in and long enough for most runs to find the
 * root in the cache.
 */
function week(now: Date): string {
    return String(Math.floor(now.getTime() / (7 * 24 * 3600 * 1000)));
}

/**
 * The root file system of a Debian system that nothing of ours is in, as a tar file. It takes
 * 20 to 60 s and the network if it is not in the cache.
 *
 * @param scratch a directory of this run.
 * @throws Complaint with mmdebstrap's last lines.
 */
export async function baseRoot(
    name: string,
    flavour: RootFlavour,
    cache: string,
    scratch: string,
    now = new Date(),
): Promise<string> {
    const options = optionsFor(flavour);
    return cached({
        cache,
        name: `root-${name}`,
        suffix: '.tar',
        inputs: { suite: flavour.suite, options: options.join('\n'), week: week(now) },
        make: (path) => bootstrap(path, join(scratch, `bootstrap-${name}`), flavour.suite, options),
    });
}

async function bootstrap(
    path: string,
    tree: string,
    suite: string,
    options: readonly string[],
): Promise<void> {
    await mkdir(tree, { recursive: true });
    const logFile = `${tree}.log`;
    const log = openSync(logFile, 'w');
    try {
        const status = await runInNamespace(
            [
                'sh',
                '-ec',
                'mount -t tmpfs -o mode=755 bootstrap "$1"; TMPDIR=$1; export TMPDIR; shift; "$@"',
                'sh',
                tree,
                'mmdebstrap',
                ...options,
                suite,
                path,
            ],
            // The initrd of this tree would be made and thrown away: /etc/kernel/postinst.d/initramfs-tools.
            { network: 'host', log, environment: { INITRD: 'No' } },
        );
        if (status !== 0) {
            const lines = (await readFile(logFile, 'utf8')).trimEnd().split('\n');
            throw new Complaint(
                `mmdebstrap made no root file system, and ended with status ${status}:\n${lines.slice(-12).join('\n')}`,
            );
        }
    } finally {
        closeSync(log);
    }
}
