import { describe, expect, test } from 'vitest';
import type { Host, Site } from '../../generator/model/site.ts';
import { planHost } from './host-plan.ts';
import { planImage } from './image-plan.ts';
import { planMonitors } from './monitor-plan.ts';
import { planNics } from './nic-plan.ts';
import { standInsOf } from './stand-ins.ts';
import { defaultRelease, planTrial } from './trial.ts';

const mac = '52:54:00:88:00:01';

/** A host as the parser gives it, of which a test says what it is about. */
function aHost(about: Readonly<Record<string, unknown>> = {}): Host {
    return {
        name: 'desk1',
        mac,
        image: { pool: 'rbd', image: 'desk1' },
        fileSystem: 'ext4',
        rootFlags: [],
        address: 'lease',
        nicModules: [],
        kernelArguments: ['console=ttyS0,115200'],
        client: 'desks',
        ...about,
    } as unknown as Host;
}

function aSite(hosts: readonly Host[], monitors = ['10.0.0.1'], port = 6789): Site {
    return {
        source: '/somewhere/boot.config.ts',
        cluster: { monitors: monitors.map((address) => ({ address, port })) },
        hosts,
    } as unknown as Site;
}

const request = { release: 'bookworm', packages: [] } as const;

describe('the image of a host', () => {
    const luksUuid = expect.stringMatching(/^[0-9a-f-]{36}$/);
    test.each([
        [{}, { fileSystem: { type: 'ext4' }, device: '/dev/rbd0' }],
        [
            { rootLocation: 'LABEL=system', fileSystem: 'xfs' },
            { fileSystem: { type: 'xfs', label: 'system' }, device: '/dev/rbd0' },
        ],
        [
            { rootLocation: 'UUID=0a1b2c3d-4c5d-4e6f-8a9b-0c1d2e3f4a5b' },
            { fileSystem: { uuid: '0a1b2c3d-4c5d-4e6f-8a9b-0c1d2e3f4a5b' } },
        ],
        [
            { rootLocation: 'PARTITION=3' },
            { disk: { table: 'gpt', number: 3 }, device: '/dev/rbd0p3' },
        ],
        [
            { rootLocation: 'PARTUUID=0a1b2c3d-4c5d-4e6f-8a9b-0c1d2e3f4a5b' },
            { disk: { table: 'gpt', number: 2, uuid: '0a1b2c3d-4c5d-4e6f-8a9b-0c1d2e3f4a5b' } },
        ],
        [
            { rootLocation: 'PARTUUID=5b1d3ca4-02' },
            { disk: { table: 'dos', number: 2, id: '5b1d3ca4' }, device: '/dev/rbd0p2' },
        ],
        [
            { fileSystem: 'btrfs', rootFlags: ['noatime', 'subvol=/@'] },
            { fileSystem: { type: 'btrfs', subvolumes: ['@'], within: '@' } },
        ],
        [
            { fileSystem: 'btrfs', rootFlags: ['subvolid=258'] },
            { fileSystem: { subvolumes: ['.before-1', '.before-2', '.number-258'] } },
        ],
        [{ fileSystem: 'btrfs', rootFlags: ['subvolid=5'] }, { fileSystem: { type: 'btrfs' } }],
        [
            { luks: { kind: 'passphrase', tries: 3 } },
            { luks: { version: 'luks2', uuid: luksUuid }, device: '/dev/mapper/root' },
        ],
        // What is looked for is the container, not what is in it.
        [
            { luks: { kind: 'crypttab' }, rootLocation: 'LABEL=a-label-of-seventeen' },
            { fileSystem: { type: 'ext4' }, luks: { label: 'a-label-of-seventeen' } },
        ],
        [
            { features: ['layering', 'fast-diff', 'data-pool'] },
            {
                features: ['layering', 'fast-diff', 'object-map', 'exclusive-lock'],
                dataPool: 'rbd-data',
            },
        ],
    ])('%j', (about, planned) => {
        expect(planImage(aHost(about))).toMatchObject(planned);
    });

    test.each([
        [{ rootLocation: 'LABEL=longer-than-twelve', fileSystem: 'xfs' }, 'has 12 bytes'],
        [{ rootLocation: 'UUID=1234-abcd' }, 'theirs have 32 digits'],
        [{ rootLocation: 'PARTUUID=5b1d3ca4-05' }, 'is a logical partition'],
        [{ rootLocation: 'PARTUUID=5b1d-3ca4' }, 'no partition has the PARTUUID'],
        [{ fileSystem: 'btrfs', rootFlags: ['subvolid=4711'] }, 'the numbers 256 to 320'],
    ])('cannot be made: %j', (about, reason) => {
        expect(planImage(aHost(about))).toMatchObject({ message: expect.stringContaining(reason) });
    });
});

describe('the NIC of a host', () => {
    test.each([
        [[], { card: 'virtio-net-pci', added: [], idle: [] }],
        [['virtio_pci', 'virtio_net'], { card: 'virtio-net-pci', added: [], idle: [] }],
        [['igb', 'e1000e'], { card: 'e1000e', added: [], idle: ['igb'] }],
        [['tg3'], { card: 'virtio-net-pci', added: ['virtio_pci', 'virtio_net'], idle: ['tg3'] }],
    ])('%j', (modules, planned) => {
        expect(planNics(modules)).toEqual(planned);
    });
});

describe('the monitors', () => {
    const secure = { mapOptions: [{ name: 'ms_mode', word: 'ms_mode=secure' }] };
    test('answer in the messenger that the hosts speak', () => {
        expect(planMonitors(aSite([aHost()]))).toEqual([
            { address: '10.0.0.1', port: 6789, secondPort: 3300 },
        ]);
        expect(planMonitors(aSite([aHost(secure)], ['10.0.0.1'], 7000))).toEqual([
            { address: '10.0.0.1', port: 6789, secondPort: 7000 },
        ]);
    });

    test('are those of the family of the hosts, five at the most', () => {
        const many = ['fd00::1', ...[1, 2, 3, 4, 5, 6].map((number) => `10.0.0.${number}`)];
        expect(planMonitors(aSite([aHost()], many))).toHaveLength(5);
        const six = { address: { ip: { family: 6, address: 'fd00::9', prefix: 64 } } };
        expect(planMonitors(aSite([aHost(six)], many)).map(({ address }) => address)).toEqual([
            'fd00::1',
        ]);
    });

    test('at one address have ports of their own', () => {
        const site = aSite([aHost()], ['10.0.0.1', '10.0.0.1']);
        const [first, second] = site.cluster.monitors;
        const both = [first, { ...second, port: 6790 }];
        expect(
            planMonitors({ ...site, cluster: { ...site.cluster, monitors: both } } as Site),
        ).toEqual([
            { address: '10.0.0.1', port: 6789, secondPort: 3300 },
            { address: '10.0.0.1', port: 6790, secondPort: 3301 },
        ]);
    });
});

describe('what the stand-in configuration has otherwise', () => {
    const changes = (about: Readonly<Record<string, unknown>>) => {
        const plan = planHost(aHost(about));
        return 'changes' in plan ? plan.changes : plan;
    };
    test('is nothing where nothing has to be', () => {
        expect(changes({})).toEqual({});
    });
    test('is a console that the test can read, as the last one', () => {
        expect(changes({ kernelArguments: ['quiet'] })).toEqual({
            kernelArguments: ['quiet', 'console=tty0', 'console=ttyS0,115200'],
        });
        expect(changes({ kernelArguments: ['console=ttyS0', 'console=tty1'] })).toEqual({
            kernelArguments: ['console=ttyS0', 'console=tty1', 'console=ttyS0,115200'],
        });
    });
    test('is the key of a container, and the driver of the NIC', () => {
        const luks = { kind: 'key-file', file: '/root/desk1.key' };
        expect(changes({ luks, nicModules: ['tg3'] })).toEqual({
            luks: { keyFile: '/etc/ceph/rbdboot-luks-desk1.key' },
            nicModules: ['tg3', 'virtio_pci', 'virtio_net'],
        });
    });
});

test('a bond with LACP has one link, and NICs that say how fast they are', () => {
    const nics = [mac, '52:54:00:88:00:02'];
    expect(planHost(aHost({ bond: { mode: '802.3ad', nics }, mtu: 9000 }))).toMatchObject({
        otherNics: ['52:54:00:88:00:02'],
        linksDown: [1],
        properties: 'speed=1000,duplex=full',
        portMtu: 9000,
    });
    expect(planHost(aHost({ bond: { mode: 'active-backup', nics }, mtu: 1400 }))).toMatchObject({
        linksDown: [],
        portMtu: 1500,
    });
});

describe('a run', () => {
    const plan = (hosts: readonly Host[], more = {}) =>
        planTrial(aSite(hosts), { ...request, hosts: hosts.map(({ name }) => name), ...more });

    test('takes a root that scenarios have too, where one has all that is needed', () => {
        expect(plan([aHost()])).toMatchObject({ root: 'plain', flavours: ['plain'] });
        const luks = { kind: 'passphrase', tries: 3 };
        expect(plan([aHost({ luks })])).toMatchObject({ root: 'cryptsetup' });
        expect(plan([aHost({ luks: { kind: 'crypttab' } })])).toMatchObject({ root: 'crypttab' });
        expect(plan([aHost({ luks })], { release: 'trixie' })).toMatchObject({
            root: { suite: 'trixie', packages: ['cryptsetup-bin', 'e2fsprogs'] },
            flavours: [],
        });
        expect(plan([aHost()], { packages: ['curl'] })).toMatchObject({
            root: { suite: 'bookworm', packages: ['curl'] },
        });
    });

    test('brings a newer mkfs.btrfs along for subvolumes', () => {
        const host = aHost({ fileSystem: 'btrfs', rootFlags: ['subvol=@'] });
        expect(plan([host])).toMatchObject({ flavours: ['plain', 'btrfs-tools'] });
    });

    test('says all that it cannot make, and of which host', () => {
        const six = { address: { ip: { family: 6, address: 'fd00::9', prefix: 64 } } };
        expect(
            plan([
                aHost(),
                aHost({ name: 'desk2', ...six }),
                aHost({ name: 'desk3', rootLocation: 'UUID=1-2' }),
            ]),
        ).toMatchObject([
            { host: 'desk3', path: ['root'] },
            { host: 'desk2', path: ['address'], hint: expect.stringContaining('--host desk2') },
        ]);
    });

    test('boots a kernel that is not older than those of the configuration', () => {
        expect(defaultRelease(undefined)).toBe('bookworm');
        expect(defaultRelease({ major: 6, minor: 1 })).toBe('bookworm');
        expect(defaultRelease({ major: 6, minor: 8 })).toBe('trixie');
    });
});

test('whatever was a stand-in is named, with what it does not show', () => {
    const about = {
        nicModules: ['tg3'],
        luks: { kind: 'key-file', file: '/root/desk1.key' },
        bond: { mode: '802.3ad', nics: [mac, '52:54:00:88:00:02'] },
        kernelArguments: [],
    };
    const host = aHost(about);
    const plan = planHost(host);
    const standIns = 'image' in plan ? standInsOf(aSite([host]), host, plan, 'bookworm') : [];
    expect(standIns.map(({ part }) => part)).toEqual([
        'machine',
        'nic',
        'network',
        'bond',
        'cluster',
        'image',
        'luks',
        'console',
    ]);
    const said = standIns.map(({ notTested }) => notTested).join('\n');
    expect(said).toContain('the NIC itself, with tg3');
    expect(said).toContain('/root/desk1.key opens the real container');
    expect(said).toContain('LACP');
});
