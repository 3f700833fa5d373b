import { expect } from 'vitest';
import type { MacAddress } from '../../generator/model/mac-address.ts';
import { evictAll, imageUsers } from '../cluster/truth.ts';
import { directAddress } from '../network/addresses.ts';
import { failureReport } from '../qemu/failure-report.ts';
import { logIn } from '../qemu/guest-shell.ts';
import { guestReport } from '../qemu/report.ts';
import { rootMounted } from '../qemu/root-mounted.ts';
import { scenario } from '../scenario.ts';
import { hostIn } from '../site.ts';

const other = '52:54:00:12:40:99' as MacAddress;

/** Boots of this file end where the root is mounted: a minute, with room for a busy machine. */
const patience = 90;

scenario(
    {
        id: 'H04',
        title: 'a machine has the static address, and leaves its other NIC alone',
        tier: 'night',
        machines: ['network/static'],
        lane: 'direct',
        outcome: 'up',
    },
    async (scene) => {
        const { boot, lab } = scene;
        const { site } = await scene.site('network');
        const { image, mac } = hostIn(site, 'static');
        const address = '10.77.0.31';
        const machine = await boot({
            machine: 'network/static',
            lane: 'direct',
            otherNics: [other],
        });
        const report = await guestReport(machine, 180);
        expect(report.addresses).toEqual([address]);
        expect(report.failedUnits).toBe('');
        const shell = await logIn(machine, 20);
        const nicOf = (one: string) => `$(grep -l ${one} /sys/class/net/*/address | cut -d / -f 5)`;
        expect(await shell.run(`ip link show ${nicOf(other)} | grep -q 'state DOWN'`, 20)).toBe(0);
        expect(await shell.run(`ip address show ${nicOf(other)} | grep -q inet`, 20)).toBe(1);
        expect(await shell.run(`ip route | grep -q 'default via 10.77.0.1 dev'`, 20)).toBe(0);
        // systemd-networkd finds what it would have made, and changes nothing.
        expect(await shell.run('systemctl start systemd-networkd', 60)).toBe(0);
        const online = '/lib/systemd/systemd-networkd-wait-online --timeout=60';
        expect(await shell.run(`${online} -i ${nicOf(mac)}`, 90)).toBe(0);
        expect(
            await shell.run(`ip address show ${nicOf(mac)} | grep -q ' ${address}/24'`, 20),
        ).toBe(0);
        expect(await imageUsers(lab.cluster, image)).toEqual({
            watchers: [address],
            owner: address,
        });
        shell.close();
    },
);

scenario(
    {
        id: 'H04.letters',
        title: 'a MAC address in upper case and BOOTIF find the NIC',
        tier: 'night',
        machines: ['network/letters'],
        lane: 'direct',
        outcome: 'up',
    },
    async (scene) => {
        const { boot, lab } = scene;
        const { site } = await scene.site('network');
        const host = hostIn(site, 'letters');
        const address = directAddress(lab, host);
        const spellings = [
            'rbdboot.mac=52:54:00:12:40:AB',
            // An empty parameter takes back what the host archive says.
            'rbdboot.mac= BOOTIF=01-52-54-00-12-40-AB',
        ];
        for (const spelling of spellings) {
            const machine = await boot({
                machine: 'network/letters',
                lane: 'direct',
                commandLine: (line) => `${line} ${spelling}`,
                otherNics: [other],
            });
            await rootMounted(machine, patience);
            expect(await imageUsers(lab.cluster, host.image)).toMatchObject({ owner: address });
            await machine.cutPower();
            // The second machine would wait for the lock of the first.
            await evictAll(lab.cluster, host.image);
        }
    },
);

scenario(
    {
        id: 'F45.address',
        title: 'an IPv6 address that another machine has is not used',
        tier: 'night',
        machines: ['network/late'],
        lane: 'direct',
        outcome: { code: 'RB219', within: 90 },
    },
    async (scene) => {
        const { boot, lab } = scene;
        const { site } = await scene.site('network');
        const machine = await boot({
            machine: 'network/late',
            lane: 'direct',
            // The address of the router in the lab.
            commandLine: (line) =>
                line.replace(
                    /rbdboot\.address=\S+ rbdboot\.gateway=\S+/,
                    'rbdboot.address=fd77::1/64',
                ),
            allowed: /RB219/,
        });
        const report = await failureReport(machine, 'RB219', patience);
        expect(report).toMatchObject({
            step: 'network',
            what: expect.stringMatching(
                /^another machine on the network of \w+ has the address fd77::1\/64$/,
            ),
            cure: expect.stringContaining('"ip neigh"'),
        });
        expect(await imageUsers(lab.cluster, hostIn(site, 'late').image)).toEqual({
            watchers: [],
            owner: undefined,
        });
    },
);
