import { readFile, rm } from 'node:fs/promises';
import type { Host, Site } from '../../generator/model/site.ts';
import { removeImage, takeSnapshot, writeImage } from '../cluster/provision.ts';
import { type LuksKeys, luksUuid } from '../images/luks-container.ts';
import type { MachineImage } from '../images/machine-image.ts';
import { siteInitrd } from '../images/site-initrd.ts';
import { standInImage } from '../images/stand-in-image.ts';
import { credentialOf, type Grounds, scratch, serveFiles } from '../lab.ts';
import { makeTrunk, type Trunk } from '../network/trunk.ts';
import type { Firmware } from '../network-start.ts';
import { type RootName, rootNamed } from '../preparation.ts';
import type { Machine } from '../qemu/machine.ts';
import { sitDown } from '../qemu/serial-console.ts';
import { bootToTheEnd, type Success, type Telling } from '../show-boot.ts';
import type { HostPlan } from './host-plan.ts';
import type { ImagePlan } from './image-plan.ts';

/** What the hosts of a run have in common. */
export interface Trial {
    readonly grounds: Grounds;
    readonly broken: Promise<never>;
    /** With the hosts that are tried alone. */
    readonly site: Site;
    readonly root: RootName;
    readonly firmware: Firmware;
}

/** Seconds from power-on to the multi-user target, besides a menu that iPXE shows. */
const bound = 300;

/**
 * Makes the files and the image of one host, boots it, and takes both away again.
 *
 * @throws NotUp if it does not come up.
 */
export async function bootHost(
    trial: Trial,
    host: Host,
    plan: HostPlan,
    keys: LuksKeys,
    telling: Telling,
): Promise<Success> {
    const { broken, firmware, grounds, site } = trial;
    const image = await bring(trial, host, plan, keys);
    const trunks = await trunksFor(grounds, host, plan);
    try {
        const [first, ...others] = trunks.map(({ plug }) => plug);
        const { card } = plan.nics;
        const credential = await credentialOf(site, host);
        const success = await bootToTheEnd(
            { lab: { ...grounds, host, image, credential }, broken },
            firmware,
            telling,
            {
                device: plan.image.device,
                bound: bound + (site.menu ?? 0),
                keys: [
                    Buffer.from(keys.passphrase).toString('base64'),
                    await readFile(keys.keyFile, 'base64'),
                ],
                attend: (machine) => attend(machine, plan, keys),
                machine: {
                    otherNics: plan.otherNics,
                    ...(host.uuid === undefined ? {} : { uuid: host.uuid }),
                    wiring: {
                        card,
                        ...(plan.portMtu === undefined ? {} : { portMtu: plan.portMtu }),
                        ...(plan.properties === undefined ? {} : { properties: plan.properties }),
                        ...(first === undefined ? {} : { plug: first, otherPlugs: others }),
                    },
                },
            },
        );
        await success.machine.cutPower();
        return success;
    } finally {
        await Promise.all(trunks.map((trunk) => trunk.end()));
        await removeImage(grounds.cluster, host.image);
        await rm(image.root);
    }
}

async function bring(
    { grounds, root, site }: Trial,
    host: Host,
    { image }: HostPlan,
    keys: LuksKeys,
): Promise<MachineImage> {
    const { cluster, roots } = grounds;
    const shared = site.initrd === 'shared';
    const common = {
        base: rootNamed(roots, root),
        rootFiles: crypttab(host, image),
        scratch,
        site,
    };
    const files = await siteInitrd({ ...common, ...(shared ? {} : { host }) });
    await serveFiles(grounds, site, host, files);
    const subvolumes = image.fileSystem.subvolumes !== undefined;
    const file = await standInImage({
        ...common,
        host,
        plan: image,
        keys,
        ...(subvolumes ? { tools: rootNamed(roots, 'btrfs-tools') } : {}),
    });
    await writeImage(cluster, host.image, file, image);
    if (host.image.snapshot !== undefined) {
        await takeSnapshot(cluster, host.image);
    }
    return { ...files, root: file };
}

/** The root opens its container by it, where the configuration says so. */
function crypttab({ luks }: Host, image: ImagePlan): Readonly<Record<string, string>> {
    const { uuid = luksUuid } = image.luks ?? {};
    return luks?.kind === 'crypttab'
        ? { 'etc/crypttab': `root UUID=${uuid} none luks,initramfs\n` }
        : {};
}

/** Ports for each NIC of a host that is in a VLAN. */
async function trunksFor(
    { logs, network }: Grounds,
    { vlan, mtu }: Host,
    { otherNics }: HostPlan,
): Promise<readonly Trunk[]> {
    const segment = network.vlans.find(({ id }) => id === vlan);
    if (segment === undefined) {
        return [];
    }
    const { bridge, id } = segment;
    const port = { id, bridge, native: network.bridge, ...(mtu === undefined ? {} : { mtu }) };
    return Promise.all([0, ...otherNics].map(() => makeTrunk(port, logs)));
}

/** What somebody does at the machine: leaves cables out, and types a passphrase. */
async function attend(machine: Machine, plan: HostPlan, keys: LuksKeys): Promise<void> {
    for (const index of plan.linksDown) {
        await machine.qmp.execute('set_link', { name: `nic${index}`, up: false });
    }
    if (plan.prompt === undefined) {
        return;
    }
    const person = sitDown(machine);
    await person.waitFor(plan.prompt, bound);
    person.type(keys.passphrase);
    person.close();
}
