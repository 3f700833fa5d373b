import { chmod, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { MacAddress } from '../../generator/model/mac-address.ts';
import { imageUsers } from '../cluster/truth.ts';
import { hostDirectory } from '../network/host-script.ts';
import type { Machine } from '../qemu/machine.ts';
import { rootMounted } from '../qemu/root-mounted.ts';
import { scenario } from '../scenario.ts';
import { hostIn } from '../site.ts';
import { serveInitrd } from '../sites/serve-site.ts';

/** Paths below `by-mac` and `by-uuid` that this machine was sent, over HTTP. */
function scriptsSent(machine: Machine): readonly string[] {
    return machine.journal
        .all()
        .filter(({ source }) => source === 'http')
        .map(({ text }) => /^200 (?:\/sites\/\w+)?(\/by-\S+\/boot\.ipxe) /.exec(text)?.[1])
        .filter((path) => path !== undefined);
}

scenario(
    {
        id: 'H03',
        title: 'a NIC that no host has boots a machine by its UUID, with no HTTP server, over TFTP',
        tier: 'night',
        machines: ['handover/uuid'],
        outcome: 'up',
    },
    async (scene) => {
        const { boot, lab } = scene;
        const open = await scene.site('handover');
        const { served, site } = open;
        const host = hostIn(site, 'uuid');
        const { uuid } = host;
        expect(await readdir(join(served, 'by-uuid'))).toEqual([uuid]);
        await serveInitrd(lab, open, host);
        // TFTP knows no users: dnsmasq gives out what everybody may read.
        for (const file of ['vmlinuz', 'initrd.img']) {
            await chmod(join(served, file), 0o644);
        }
        await chmod(join(hostDirectory(served, host.mac), 'host.cpio'), 0o644);
        const machine = await boot({
            machine: 'handover/uuid',
            // The lab's DHCP server names the index of the configuration for this address.
            mac: '52:54:00:12:44:f1' as MacAddress,
            otherNics: [host.mac],
            ...(uuid === undefined ? {} : { uuid }),
            // Over HTTP, at the top of the lab's server, are neither.
            allowed: /by-(mac|uuid)\/\S+\/boot\.ipxe\.\.\. No su/,
        });
        await rootMounted(machine, 240);
        expect(scriptsSent(machine)).toEqual([]);
        const console = machine.journal
            .all()
            .filter(({ source }) => source === 'console')
            .map(({ text }) => text);
        const asked = console
            .map((text) => /(?:^|\/)(by-(?:mac|uuid)\/\S+)\.\.\. /.exec(text)?.[1])
            .filter((path) => path !== undefined);
        const byMac = 'by-mac/52-54-00-12-44-f1/boot.ipxe';
        const byUuid = `by-uuid/${uuid}/boot.ipxe`;
        expect(asked.slice(0, 4)).toEqual([byMac, byUuid, byMac, byUuid]);
        // The NIC of the configuration has an address that it asked for itself.
        const [leased] = machine.journal
            .all()
            .filter(({ source, text }) => source === 'dhcp' && text.includes('DHCPACK'))
            .map(({ text }) => /DHCPACK\(\w+\) (\S+) (\S+)/.exec(text)?.slice(1) ?? [])
            .filter(([, mac]) => mac === host.mac);
        expect(await imageUsers(lab.cluster, host.image)).toEqual({
            watchers: [leased?.[0]],
            owner: leased?.[0],
        });
    },
);
