import { luksUuid } from '../images/luks-container.ts';
import { fewApplets } from './few-applets.ts';
import type { SiteRecipe } from './recipe.ts';

const place = 'pool=rbd namespace';

/** The data of one of its images is in a pool of its own, which a scenario makes. */
export const capsOfMap = {
    mon: 'profile rbd',
    osd: `profile rbd ${place}=map, profile rbd pool=map-data namespace=map`,
};

/** Where they are not those that an image should have. */
const featuresOfFleet: ReadonlyMap<string, string> = new Map([
    ['no-lock', 'layering'],
    ['journaling', 'layering,exclusive-lock,journaling'],
]);

/** The configurations of this directory that machines boot from, by name. */
export const recipes = Object.freeze({
    // The names of its hosts say what is so of them.
    fleet: {
        // Its scenarios put caps in place that an administrator finds on the console, which know of
        // no other namespace.
        goldenNamespace: 'fleet',
        features: ({ name }) => featuresOfFleet.get(name) ?? 'layering,exclusive-lock',
        withoutImage: ['no-image', 'no-namespace', 'no-pool'],
        caps: new Map([
            // What many write who know read caps for the monitors from elsewhere.
            ['client.weak', { mon: 'allow r', osd: `profile rbd ${place}=fleet` }],
            ['client.outsider', { mon: 'profile rbd', osd: `profile rbd ${place}=elsewhere` }],
            ['client.monitors-only', { mon: 'profile rbd' }],
            ['client.other-pool', { mon: 'profile rbd', osd: 'profile rbd pool=elsewhere' }],
        ]),
    },
    // Machines with Debian 13.
    trixie: { root: 'trixie', golden: 'trixie' },
    // The same with an initrd that has no more programs than one of Ubuntu 24.04.
    'few-applets': {
        root: 'trixie',
        golden: 'trixie',
        withoutImage: ['no-image'],
        rootFiles: { 'usr/share/initramfs-tools/hooks/zz-few-applets': fewApplets },
    },
    // All of them fail, and differ in what they do then.
    failures: { withoutImage: ['reboots', 'halts', 'opens', 'says-nothing'] },
    // Roots that the scenarios themselves write into the cluster.
    disks: {
        withoutImage: [
            ...[
                'partition',
                'label',
                'partuuid',
                'stock',
                'missing',
                'other',
                'dirty',
                'broken',
                'no-init',
                'panics',
            ],
        ],
    },
    'file-systems': { withoutImage: ['xfs', 'btrfs', 'subvolume'] },
    // All of them boot from the golden image itself.
    snapshot: { withoutImage: ['desk1', 'desk2', 'missing'] },
    // The same, more of them.
    load: { withoutImage: ['node1', 'node2', 'node3', 'node4', 'node5', 'node6'] },
    // How machines come to their kernel, and what may be handed over to them.
    handover: {},
    // Machines that reach the cluster by more than a lease on one NIC.
    network: {},
    // The same with IPv6 alone.
    network6: { ownCluster: true },
    // What scenarios do to a cluster that nobody else has.
    'one-node': { ownCluster: true },
    'three-nodes': { ownCluster: true },
    'boot-directory': { golden: 'boot-directory', ownBootFiles: true },
    system: { root: 'managers', golden: 'managers' },
    map: {
        goldenNamespace: 'map',
        caps: new Map([
            ['client.map', capsOfMap],
            [
                'client.map-reader',
                { mon: 'profile rbd', osd: `profile rbd-read-only ${place}=map` },
            ],
        ]),
    },
    // The same client, in each mode of messenger 2.
    'map-v2': { goldenNamespace: 'map', caps: new Map([['client.map', capsOfMap]]) },
    // Something goes wrong around them while they boot.
    faults: {},
    // Machines that are shut down, in one way or another.
    shutdown: {},
    // Their scenarios put the images in place: LUKS containers, and one image that holds none.
    'luks-passphrase': {
        root: 'cryptsetup',
        withoutImage: ['luks1', 'luks2', 'guessed', 'endless', 'plain'],
    },
    'luks-key-file': { root: 'cryptsetup', withoutImage: ['luks2'] },
    'luks-crypttab': {
        root: 'crypttab',
        rootFiles: { 'etc/crypttab': `root UUID=${luksUuid} none luks,initramfs\n` },
        withoutImage: ['luks2'],
    },
} satisfies Readonly<Record<string, SiteRecipe>>);

export type SiteName = keyof typeof recipes;
