import { expect } from 'vitest';
import { only } from '../booted-machine.ts';
import { importImage } from '../cluster/provision.ts';
import { waitOnline, write } from '../guest-commands.ts';
import { boots } from '../scenario.ts';

const address = 'fd77::36';
// Routers announce a prefix in the lab, and the machine makes no address of it.
const oneAddress = 'test "$(ip -6 -o addr show scope global | wc -l)" = 1';

boots(
    {
        id: 'H07',
        title: 'a machine without any IPv4 address boots from a cluster with IPv6 alone',
        tier: 'night',
        machines: ['network6/six'],
        lane: 'direct',
        cluster: 'own',
    },
    async ({ machine, report }) => {
        expect(report.addresses).toEqual([]);
        expect(report.failedUnits).toBe('');
        expect(await machine.image.users()).toEqual(only(`[${address}]`));
        const shell = await machine.logIn(30);
        await shell.succeeds(oneAddress);
        await shell.succeeds('systemctl start systemd-networkd', 60);
        await shell.succeeds(waitOnline(), 90);
        await shell.succeeds(oneAddress);
        await shell.succeeds(`ip -6 -o addr show | grep -q ${address}/64`);
        await shell.succeeds(write);
        shell.close();
        expect(await machine.image.users()).toEqual(only(`[${address}]`));
    },
    {
        prepare: async ({ host, lab, ownCluster }) => {
            const { access } = await ownCluster({ store: 'memory' });
            await importImage(access, (await host()).image, lab.image.root);
        },
    },
);
