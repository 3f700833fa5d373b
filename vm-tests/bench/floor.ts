import { copyFile, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { printMonitorAddress } from '../../generator/model/monitor-address.ts';
import type { Site } from '../../generator/model/site.ts';
import { unpackRoot } from '../images/debian-root.ts';
import type { Lab } from '../lab.ts';
import { directAddress } from '../network/addresses.ts';
import { networkSize } from '../network/plan.ts';
import { rootNamed } from '../preparation.ts';
import { type Contestant, fillIn } from './contestant.ts';

const script = fileURLToPath(new URL('floor/init.sh', import.meta.url));

/** All that a virtual machine needs to mount ext4 on an image, in an order in which they load. */
const modules = [
    ...['virtio_ring', 'virtio', 'failover', 'net_failover', 'virtio_net'],
    ...['virtio_pci_modern_dev', 'virtio_pci_legacy_dev', 'virtio_pci'],
    ...['crc32c-intel', 'crc32c_generic', 'libcrc32c', 'libceph', 'rbd'],
    ...['jbd2', 'mbcache', 'crc16', 'ext4'],
];

/** The least that boots at all: static busybox, exactly these modules, a fixed address. */
export async function floor(lab: Lab, site: Site): Promise<Contestant> {
    const { host, image } = lab;
    const root = join(lab.state, 'scratch', 'floor-root');
    const tree = join(lab.state, 'scratch', 'floor');
    const initrd = join(lab.state, 'scratch', 'floor.img');
    await unpackRoot(rootNamed(lab.roots, 'plain'), root);
    for (const name of ['bin', 'modules', 'proc', 'sys', 'dev', 'root']) {
        await mkdir(join(tree, name), { recursive: true });
    }
    await copyFile('/bin/busybox', join(tree, 'bin/busybox'));
    const found = await moduleFiles(join(root, 'lib/modules'));
    for (const [index, name] of modules.entries()) {
        const number = String(index).padStart(2, '0');
        const from = found.get(name);
        if (from === undefined) {
            throw new Error(`the kernel of the plain root has no module ${name}`);
        }
        await copyFile(from, join(tree, 'modules', `${number}-${name}.ko`));
    }
    const monitors = site.cluster.monitors.map(printMonitorAddress).join(',');
    const { image: name, namespace, pool } = host.image;
    const options = [
        `name=${host.client}`,
        `secret=${lab.credential.key}`,
        ...(namespace === undefined ? [] : [`_pool_ns=${namespace}`]),
    ];
    const text = fillIn(await readFile(script, 'utf8'), {
        ADDRESS: `${directAddress(lab, host)}/${networkSize.bits}`,
        MAP: `${monitors} ${options.join(',')} ${pool} ${name} -`,
    });
    await writeFile(join(tree, 'init'), text, { mode: 0o755 });
    const pack =
        'find . | cpio --create --quiet --format=newc --owner=+0:+0 | zstd -19 --quiet > "$1"';
    await execa('sh', ['-ec', pack, 'sh', initrd], { cwd: tree });
    await rm(root, { recursive: true });
    return {
        name: 'floor',
        size: (await stat(initrd)).size,
        start: {
            lane: 'direct',
            kernel: image.kernel,
            initrd,
            commandLine: 'rw panic=60 console=ttyS0,115200',
        },
    };
}

/** Module files by the name of the module, wherever they are below the directory. */
async function moduleFiles(directory: string): Promise<ReadonlyMap<string, string>> {
    const names = await readdir(directory, { recursive: true });
    return new Map(
        names
            .filter((name) => name.endsWith('.ko'))
            .map((name) => [basename(name, '.ko'), join(directory, dirname(name), basename(name))]),
    );
}
