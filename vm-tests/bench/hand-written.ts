import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { printImageReference } from '../../generator/model/image-reference.ts';
import { printMonitorAddress } from '../../generator/model/monitor-address.ts';
import type { Site } from '../../generator/model/site.ts';
import { buildDirectory } from '../build-directory.ts';
import { cached } from '../content-cache.ts';
import { packInitrd, unpackRoot } from '../images/debian-root.ts';
import type { Lab } from '../lab.ts';
import { rootNamed } from '../preparation.ts';
import { type Contestant, fillIn } from './contestant.ts';

const folder = fileURLToPath(new URL('hand-written', import.meta.url));

/** The initrd of somebody who follows the public recipes: `MODULES=most`, DHCP, the rbd program. */
export async function handWritten(lab: Lab, site: Site): Promise<Contestant> {
    const { host } = lab;
    const base = rootNamed(lab.roots, 'with-rbd-program');
    const hook = await readFile(join(folder, 'hook.sh'), 'utf8');
    const boot = fillIn(await readFile(join(folder, 'local-top.sh'), 'utf8'), {
        MAC: host.mac,
        IMAGE: printImageReference(host.image),
        CLIENT: host.client,
    });
    const monitors = site.cluster.monitors.map(printMonitorAddress).join(',');
    const configuration = `[global]\nfsid = ${site.cluster.fsid}\nmon_host = ${monitors}\n[client.${host.client}]\nkey = ${lab.credential.key}\n`;
    const directory = await cached({
        cache: buildDirectory().cache,
        name: 'bench-hand-written',
        suffix: '',
        inputs: { base: basename(base), boot, configuration, hook },
        make: async (path) => {
            await mkdir(path, { mode: 0o700 });
            const root = join(lab.state, 'scratch', 'hand-written');
            const tools = join(root, 'etc/initramfs-tools');
            await unpackRoot(base, root);
            await mkdir(join(root, 'etc/ceph'), { recursive: true });
            await writeFile(join(root, 'etc/ceph/ceph.conf'), configuration, { mode: 0o600 });
            await writeFile(join(tools, 'hooks/ceph'), hook, { mode: 0o755 });
            await writeFile(join(tools, 'scripts/local-top/ceph'), boot, { mode: 0o755 });
            await writeFile(join(tools, 'conf.d/ceph'), 'MODULES=most\nUMASK=0077\n');
            await packInitrd(root, path);
            await rm(root, { recursive: true });
        },
    });
    const initrd = join(directory, 'initrd.img');
    return {
        name: 'hand-written',
        size: (await stat(initrd)).size,
        start: {
            lane: 'direct',
            kernel: join(directory, 'vmlinuz'),
            initrd,
            commandLine: 'root=/dev/rbd0 rw panic=60 console=ttyS0,115200',
        },
    };
}
