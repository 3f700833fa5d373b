import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildPackage } from '../testing/built-package.ts';
import { readTree, writeTree } from '../testing/tree.ts';

/** A well-formed key of no cluster: type 1, time 0, length 16, sixteen bytes. */
const key = Buffer.from([1, 0, ...Array(8).fill(0), 16, 0, ...Array(16).fill(7)]).toString(
    'base64',
);

const good = `import { defineBoot } from 'rbdboot';

export default defineBoot({
    cluster: {
        fsid: '7b0c5c1e-6f0f-4a5e-9f55-0d4c3b1a2e90',
        monitors: ['10.77.0.10'],
        client: 'desks',
        keyring: 'keyring',
    },
    hosts: {
        desk1: { mac: '52:54:00:12:34:01', image: 'rbd/hosts/desk1', filesystem: 'ext4' },
    },
});
`;

/** What a root needs to be accepted, empty: it is looked at and never run. */
const chroot = {
    'root/usr/share/initramfs-tools/hook-functions': '',
    'root/usr/sbin/mkinitramfs': '',
    'root/usr/bin/busybox': '',
    'root/usr/bin/keyctl': '',
    'root/usr/sbin/blkid': '',
    'root/usr/sbin/e2fsck': '',
    'root/var/lib/dpkg/status': '',
};

let built: string;
let main: string;
beforeAll(async () => {
    built = mkdtempSync(join(tmpdir(), 'rbdboot-built-'));
    main = await buildPackage(built);
}, 60_000);
afterAll(() => rmSync(built, { recursive: true }));

let folder: string;
beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'rbdboot-cli-'));
    const keyring = `[client.desks]\n\tkey = ${key}\n`;
    writeTree(folder, { ...chroot, 'boot.config.ts': good, keyring });
});
afterEach(() => rmSync(folder, { recursive: true }));

/** The real program in a process of its own, in the folder of the test. */
async function rbdboot(...args: readonly string[]) {
    const { exitCode, stdout, stderr } = await execa('node', [main, ...args], {
        cwd: folder,
        reject: false,
        extendEnv: true,
        env: { NO_COLOR: '1', RBDBOOT_DEBUG: '' },
    });
    return { exitCode, stdout, stderr };
}

const install = (...args: readonly string[]) =>
    rbdboot('install', '--root', 'root', '--host', 'desk1', ...args);

describe('a boot that is asked for wrongly does not begin', { timeout: 60_000 }, () => {
    it('asks which host, where there are several', async () => {
        const second =
            "        desk2: { mac: '52:54:00:12:34:02', image: 'rbd/hosts/desk2', filesystem: 'ext4' },\n    },\n});\n";
        writeFileSync(join(folder, 'boot.config.ts'), good.replace(/ {4}},\n}\);\n$/, second));
        const { exitCode, stderr } = await rbdboot('vm-test');
        expect(exitCode).toBe(2);
        expect(stderr).toContain('RB110');
        expect(stderr).toContain('which of the 2 hosts is to boot?');
        expect(stderr).toContain('--host desk1');
    });

    it('knows the hosts, the firmware and the configuration', async () => {
        const cases = [
            { args: ['--host', 'desk9'], status: 2, says: 'did you mean "desk1"?' },
            { args: ['--firmware', 'coreboot'], status: 2, says: 'bios, uefi' },
            { args: ['--release', 'sid'], status: 2, says: 'bookworm, trixie' },
            { args: ['elsewhere.config.ts'], status: 1, says: 'RB101' },
        ];
        for (const { args, says, status } of cases) {
            const { exitCode, stderr } = await rbdboot('vm-test', ...args);
            expect({ args, exitCode }).toEqual({ args, exitCode: status });
            expect(stderr).toContain(says);
        }
    });
});

describe('what is wrong is said before anything is written', { timeout: 60_000 }, () => {
    const edit = (from: string, to: string) => () => {
        writeFileSync(join(folder, 'boot.config.ts'), good.replace(from, to));
    };
    const remove = (path: string) => () => rmSync(join(folder, path), { recursive: true });

    it.each<[string, () => void, readonly string[]]>([
        [
            'an unknown key',
            edit('image:', 'imagee:'),
            ['boot.config.ts:11:44: error TS2561', "'imagee' does not exist in type 'HostSpec'"],
        ],
        [
            'a malformed MAC address',
            edit('52:54:00:12:34:01', '52:54:00:12:34'),
            ['boot.config.ts:11:23: error RB107', '"52:54:00:12:34" is not accepted', '^'],
        ],
        [
            'an image name with a space',
            edit('rbd/hosts/desk1', 'rbd/desk 1'),
            ['boot.config.ts:11:51: error RB107', 'contains a space'],
        ],
        ['no such configuration', remove('boot.config.ts'), ['RB101', '--config FILE']],
        ['no such host', edit('desk1:', 'desk2:'), ['RB110', 'did you mean "desk2"?']],
        ['a missing chroot', remove('root'), ['RB301', 'there is no such directory']],
        [
            'a chroot without initramfs-tools',
            remove('root/usr/share/initramfs-tools'),
            ['RB302', 'chroot root apt-get install initramfs-tools'],
        ],
        [
            'a chroot without busybox and keyctl',
            () => rmSync(join(folder, 'root/usr/bin'), { recursive: true }),
            ['RB306', 'apt-get install busybox', 'apt-get install keyutils'],
        ],
        ['no keyring', remove('keyring'), ['RB303', 'there is no such file', 'ceph auth get']],
        [
            'a keyring that is a directory',
            () => {
                rmSync(join(folder, 'keyring'));
                mkdirSync(join(folder, 'keyring'));
            },
            ['RB303', 'it is a directory'],
        ],
        [
            'a keyring of another client',
            () => writeFileSync(join(folder, 'keyring'), `[client.admin]\n\tkey = ${key}\n`),
            ['RB303', 'no section [client.desks]', 'it has client.admin'],
        ],
        [
            'a file that is in the way',
            () => writeTree(folder, { 'root/etc/ceph/ceph.conf': 'by hand\n' }),
            ['RB304', 'etc/ceph/ceph.conf', '--force'],
        ],
    ])('%s', async (_, prepare, words) => {
        prepare();
        const before = readTree(folder);
        const { exitCode, stdout, stderr } = await install();
        expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
        for (const word of words) {
            expect(stderr).toContain(word);
        }
        expect(stderr).not.toContain(key.slice(0, 12));
        expect(stderr).not.toMatch(/^ +at /m);
        expect(readTree(folder)).toEqual(before);
    });
});

describe('install and uninstall', { timeout: 60_000 }, () => {
    it('names the release that it found, and warns of one that it is not made for', async () => {
        const release = (version: string) =>
            writeTree(folder, {
                'root/etc/os-release': `ID=debian\nVERSION_ID=${version}\nPRETTY_NAME="Debian ${version}"\n`,
            });
        release('13');
        const known = await install();
        expect(known.stdout).toContain('/root (Debian 13):\n');
        expect(known.stderr).toBe('');
        release('11');
        const unknown = await install();
        expect(unknown).toMatchObject({
            exitCode: 0,
            stderr: expect.stringMatching(
                /^warning RB315: \S*root is Debian 11: rbdboot is made for Debian 12, /,
            ),
        });
        expect(JSON.parse((await install('--json')).stdout)).toMatchObject({
            release: { id: 'debian', version: '11' },
            warnings: [{ code: 'RB315' }],
        });
    });

    it('write the files, say what is next, do it once, and take it back', async () => {
        const before = readTree(join(folder, 'root'));
        const first = await install();
        expect(first).toMatchObject({ exitCode: 0, stderr: '' });
        expect(first.stdout).toContain('create   etc/ceph/ceph.client.desks.keyring\n');
        expect(first.stdout).toContain(`  chroot ${join(folder, 'root')} update-initramfs -u`);
        const keyring = join(folder, 'root/etc/ceph/ceph.client.desks.keyring');
        expect(statSync(keyring).mode & 0o777).toBe(0o600);
        expect(readFileSync(keyring, 'utf8')).toContain(key);

        const tree = readTree(join(folder, 'root'));
        const second = await install();
        expect(second).toMatchObject({ exitCode: 0, stderr: '' });
        expect(second.stdout).toContain('nothing changed');
        expect(readTree(join(folder, 'root'))).toEqual(tree);

        const last = await rbdboot('uninstall', '--root', 'root');
        expect(last).toMatchObject({ exitCode: 0, stderr: '' });
        expect(readTree(join(folder, 'root'))).toEqual(before);
        expect(await rbdboot('uninstall', '--root', 'root')).toMatchObject({
            exitCode: 1,
            stderr: expect.stringContaining('RB307'),
        });
    });

    it('show what they would do, but not the key', async () => {
        const before = readTree(folder);
        const { exitCode, stdout } = await install('--dry-run');
        expect(exitCode).toBe(0);
        expect(stdout).toContain('+fsid = 7b0c5c1e-6f0f-4a5e-9f55-0d4c3b1a2e90');
        expect(stdout).toContain('etc/ceph/ceph.client.desks.keyring: contents not shown');
        expect(stdout).not.toContain(key);
        expect(readTree(folder)).toEqual(before);
    });

    it('take another keyring', async () => {
        rmSync(join(folder, 'keyring'));
        writeTree(folder, { 'keys/other': `[client.desks]\nkey = ${key}\n` });
        expect(await install('--keyring', 'keys/other')).toMatchObject({ exitCode: 0 });
    });

    it('print one JSON document, also of what is wrong', async () => {
        const { stdout } = await install('--json');
        expect(JSON.parse(stdout)).toMatchObject({
            ok: true,
            host: 'desk1',
            changes: expect.arrayContaining([{ path: 'etc/ceph/ceph.conf', action: 'create' }]),
        });
        writeTree(folder, { 'root/etc/ceph/ceph.conf': 'edited\n' });
        const wrong = await install('--json');
        expect(wrong).toMatchObject({ exitCode: 1, stderr: '' });
        expect(JSON.parse(wrong.stdout)).toMatchObject({
            ok: false,
            diagnostics: [{ code: 'RB304', severity: 'error' }],
        });
    });
});

describe('ipxe', { timeout: 60_000 }, () => {
    it("writes every host's script, once", async () => {
        const first = await rbdboot('ipxe', '--out', 'tftp');
        expect(first).toMatchObject({ exitCode: 0, stderr: '' });
        expect(Object.keys(readTree(join(folder, 'tftp')))).toContain('boot.ipxe');
        const second = await rbdboot('ipxe', '--out', 'tftp');
        expect(second.stdout).toContain('nothing changed');
    });

    it('serves a kernel and its initrd, and keeps the pair before', async () => {
        const publish = (version: string) => {
            writeTree(folder, { kernel: `kernel ${version}`, initrd: `initrd ${version}` });
            const words = ['--kernel', 'kernel', '--initrd', 'initrd', '--host', 'desk1'];
            return rbdboot('ipxe', '--out', 'tftp', ...words);
        };
        expect((await publish('1')).stdout).toContain('are served from tftp/by-mac/52-54-');
        await publish('2');
        expect((await publish('2')).stdout).toContain('are these already');
        const served = readTree(join(folder, 'tftp/by-mac/52-54-00-12-34-01'));
        expect(served).toMatchObject({
            vmlinuz: '0644 kernel 2',
            'vmlinuz.old': '0644 kernel 1',
            'initrd.img': '0640 initrd 2',
            'initrd.img.old': '0640 initrd 1',
        });
        // A run for the scripts alone leaves them.
        await rbdboot('ipxe', '--out', 'tftp');
        expect(readTree(join(folder, 'tftp/by-mac/52-54-00-12-34-01'))).toEqual(served);
    });

    it('pads an initrd that the archive of a host is to follow', async () => {
        writeTree(folder, {
            'boot.config.ts': good.replace('hosts: {', "initrd: 'shared',\n    hosts: {"),
            kernel: 'kernel',
            initrd: 'i',
        });
        await rbdboot('ipxe', '--out', 'tftp', '--kernel', 'kernel', '--initrd', 'initrd');
        expect(statSync(join(folder, 'tftp/initrd.img'))).toMatchObject({ size: 512 });
    });

    it('serves no kernel without its initrd, and none that it cannot read', async () => {
        const half = await rbdboot('ipxe', '--out', 'tftp', '--kernel', 'kernel');
        expect(half).toMatchObject({
            exitCode: 1,
            stderr: expect.stringContaining('error RB317: --initrd is missing'),
        });
        const absent = ['--kernel', 'kernel', '--initrd', 'initrd', '--host', 'desk1'];
        expect(await rbdboot('ipxe', '--out', 'tftp', ...absent)).toMatchObject({
            exitCode: 1,
            stderr: expect.stringMatching(/error RB317: .*no such file or directory/),
        });
        expect(readTree(folder)).not.toHaveProperty('tftp/');
    });

    it('makes one directory, not a path of them', async () => {
        const before = readTree(folder);
        const outcome = await rbdboot('ipxe', '--out', 'srv/tftp');
        expect(outcome).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('RB305') });
        expect(readTree(folder)).toEqual(before);
    });
});

describe('check', { timeout: 60_000 }, () => {
    it('is content with a good configuration, and counts its hosts', async () => {
        expect(await rbdboot('check')).toEqual({
            exitCode: 0,
            stdout: 'boot.config.ts: 1 host, no errors',
            stderr: '',
        });
    });

    it('shows the line', async () => {
        writeFileSync(join(folder, 'boot.config.ts'), good.replace('rbd/hosts/desk1', 'desk1'));
        const { exitCode, stderr } = await rbdboot('check');
        expect(exitCode).toBe(1);
        expect(stderr.split('\n')).toEqual([
            'boot.config.ts:11:51: error RB107: hosts.desk1.image: "desk1" is not accepted: an image is written pool/image or pool/namespace/image',
            '',
            "    11 |         desk1: { mac: '52:54:00:12:34:01', image: 'desk1', filesystem: 'ext4' },",
            '       |                                                   ^',
        ]);
    });

    it('has a form for programs', async () => {
        const { stdout } = await rbdboot(
            'check',
            '--json',
            '--config',
            join(folder, 'boot.config.ts'),
        );
        expect(JSON.parse(stdout)).toEqual({
            ok: true,
            source: join(folder, 'boot.config.ts'),
            hosts: ['desk1'],
        });
    });
});

describe('usage', { timeout: 60_000 }, () => {
    it('is explained', async () => {
        const { exitCode, stdout, stderr } = await rbdboot('--help');
        expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
        expect(stdout).toContain('install [options]');
    });

    it.each<[readonly string[], string]>([
        [['check', '--confg', 'x'], '(Did you mean --config?)'],
        [['instal'], '(Did you mean install?)'],
        [['install', '--host', 'desk1'], "required option '--root <dir>' not specified"],
        [['host', 'add', 'desk2'], "required option '--mac <address>' not specified"],
        [['host', 'set', 'desk1', 'image'], "missing required argument 'value'"],
        [[], 'Usage: rbdboot'],
    ])('%j is bad', async (args, words) => {
        const { exitCode, stderr } = await rbdboot(...args);
        expect(exitCode).toBe(2);
        expect(stderr).toContain(words);
    });
});
