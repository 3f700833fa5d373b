// Packs rbdboot, installs the package outside of the checkout, and has it boot a machine from a
// configuration that is there. Ends with `N passed, N failed`.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { buildDirectory, projectDirectory } from './build-directory.ts';

const configuration = `import { defineBoot } from 'rbdboot';

const common = { filesystem: 'ext4', nicModules: ['virtio_pci', 'virtio_net'] } as const;

export default defineBoot({
    cluster: {
        fsid: '0e1f2a3b-4c5d-4e6f-8a9b-0c1d2e3f4a5b',
        monitors: ['10.88.0.5'],
        client: 'room',
        // Not there: the machine that tests need not have any key of the real cluster.
        keyring: './ceph.client.room.keyring',
    },
    initrd: 'shared',
    hosts: {
        first: { ...common, mac: '52:54:00:88:00:01', image: 'machines/first' },
        second: {
            ...common,
            mac: '52:54:00:88:00:02',
            image: 'machines/room/second',
            kernelArguments: ['console=ttyS0,115200'],
        },
    },
});
`;

/** What the command says of a host that is up. */
interface ShownHost {
    readonly host: string;
    readonly image: string;
    readonly owner: { readonly address: string };
    readonly standIns: readonly { readonly part: string }[];
}

const directory = await mkdtemp(join(tmpdir(), 'rbdboot-package-'));
try {
    const shown = await bootFromPackage();
    const { hosts, ok } = JSON.parse(shown) as { hosts: ShownHost[]; ok: boolean };
    const [{ host, image, owner, standIns }, ...others] = hosts as [ShownHost, ...ShownHost[]];
    const good =
        ok &&
        others.length === 0 &&
        host === 'second' &&
        image === 'machines/room/second' &&
        /^10\.88\.0\.\d+$/.test(owner.address) &&
        standIns.some(({ part }) => part === 'image');
    process.stdout.write(`${good ? '1 passed, 0 failed' : `${shown}\n0 passed, 1 failed`}\n`);
    process.exitCode = good ? 0 : 1;
} catch (error) {
    process.stdout.write(`${error}\n0 passed, 1 failed\n`);
    process.exitCode = 1;
} finally {
    await rm(directory, { recursive: true, force: true });
}

async function bootFromPackage(): Promise<string> {
    const pack = ['pack', '--silent', '--pack-destination', directory];
    const packed = await execa('npm', pack, { cwd: projectDirectory });
    // What it runs first may print too; the name of the file stands last.
    const file = packed.stdout.trim().split('\n').at(-1) ?? '';
    await mkdir(join(directory, 'site'));
    const options = { cwd: join(directory, 'site') } as const;
    await writeFile(join(directory, 'site/package.json'), '{ "private": true }\n');
    await writeFile(join(directory, 'site/boot.config.ts'), configuration);
    const archive = join(directory, file);
    await execa(
        'npm',
        ['install', '--no-audit', '--no-fund', '--prefer-offline', archive],
        options,
    );
    const { stdout } = await execa(
        'node_modules/.bin/rbdboot',
        ['vm-test', 'boot.config.ts', '--host', 'second', '--json'],
        {
            ...options,
            stderr: 'inherit',
            reject: false,
            env: { RBDBOOT_BUILD: buildDirectory().root },
        },
    );
    return stdout;
}
