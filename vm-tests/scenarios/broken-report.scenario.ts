// Machines that tell what is not so. What a machine says is believed when it says it on its own port,
// with the number of this run, when the cluster says the same, and when nothing comes behind it.

import { broken, comesUp } from '../broken/broken.ts';
import { nonce, reports, writesEvents } from '../broken/event-port.ts';
import { falseReport, type Lie } from '../broken/false-report.ts';
import { initThat, insteadOfSystemd, waitForEver } from '../broken/init.ts';
import { directAddress } from '../network/addresses.ts';
import { pressKey } from '../qemu/press-key.ts';
import type { Scene } from '../scenario.ts';

/** All that a console shows of a machine that comes up. */
const looksUp = `cat <<END
[    9.123456] EXT4-fs (rbd0): mounted filesystem with ordered data mode. Quota mode: none.
[   10.123456] systemd[1]: systemd 252.39-1~deb12u1 running in system mode
{"event":"multi-user","uptime":20.00,"data":null}
{"event":"end","uptime":21.00,"data":"${nonce}"}

Debian GNU/Linux 12 broken-1 ttyS0

broken-1 login: root
END
`;

async function lieOf({ host, lab }: Scene, changes: Partial<Lie> = {}): Promise<readonly string[]> {
    const machine = await host();
    const { fsid } = lab.cluster;
    const address = directAddress(lab, machine);
    // The id is known to whoever looks at the cluster, and to no machine that did not map the image.
    return falseReport({ host: machine, imageId: 'none', fsid, address, nonce, ...changes });
}

broken(
    {
        id: 'L06',
        title: 'a machine that shows on its console all that one shows which is up is not up',
        tier: 'night',
        machine: 'fleet/broken-2',
        verdict: 'userspace',
        says: 'it waits for something that does not come',
        within: 180,
    },
    () => ({ programs: initThat(`${looksUp}${waitForEver}`) }),
);

broken(
    {
        id: 'L06.root-mounted',
        title: 'a root is not mounted by what the console shows, if the cluster knows nothing of it',
        tier: 'change',
        machine: 'fleet/broken-3',
        verdict: 'disagreement',
        says: 'in the cluster nobody has rbd/fleet/broken-3 open',
        within: 60,
    },
    () => ({ programs: initThat(`${looksUp}${waitForEver}`) }),
    (_, machine) => machine.rootMounted(120),
);

broken(
    {
        id: 'L07',
        title: 'the report of an older run is not one of this run',
        tier: 'change',
        verdict: 'disagreement',
        says: 'not of this run',
        within: 60,
    },
    async (scene) => writesEvents(scene.lab, await lieOf(scene, { nonce: '0123456789abcdef' })),
);

broken(
    {
        id: 'L11',
        title: 'a machine that reports an image which it never mapped is found out by the cluster',
        tier: 'change',
        machine: 'fleet/broken-2',
        verdict: 'disagreement',
        says: 'the watchers of the image',
        within: 60,
    },
    async (scene) => writesEvents(scene.lab, await lieOf(scene)),
);

broken(
    {
        id: 'L18',
        title: 'what is no event on the port for events is no report',
        tier: 'night',
        verdict: 'disagreement',
        says: 'the guest wrote what is no event: all is well',
        within: 60,
    },
    (scene) => writesEvents(scene.lab, ['all is well']),
);

for (const [variant, key, verdict, says] of [
    ['panics', 'c', 'kernel', 'sysrq triggered crash'],
    ['reboots', 'b', 'userspace', 'was up, and then the machine rebooted'],
    ['powers-off', 'o', 'userspace', 'was up, and then the machine switched itself off'],
] as const) {
    broken(
        {
            id: `L10.${variant}`,
            title: `a machine that says that it is up, and then ${variant.replace('-', ' ')}, is not up`,
            tier: 'night',
            machine: 'fleet/broken-3',
            verdict,
            says,
            within: 180,
        },
        () => ({
            // The kernel switches off a moment later, and panics if its init has ended by then.
            commandLine: insteadOfSystemd(
                `${reports}; read -r _; echo ${key} > /proc/sysrq-trigger; sleep 3600`,
            ),
        }),
        async (scene, machine) => {
            await comesUp(scene, machine);
            // All that a scenario asks is answered, and it ends.
            await pressKey(machine, '\n');
        },
    );
}
