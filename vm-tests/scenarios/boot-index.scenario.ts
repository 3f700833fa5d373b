import { expect } from 'vitest';
import { imageUsers } from '../cluster/truth.ts';
import type { Machine } from '../qemu/machine.ts';
import { rootMounted } from '../qemu/root-mounted.ts';
import { scenario } from '../scenario.ts';
import { hostIn } from '../site.ts';

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
        id: 'H04.two-nics',
        title: 'of two NICs the one that booted decides which script a machine gets',
        tier: 'night',
        machines: ['handover/desk2', 'handover/desk1'],
        outcome: 'up',
    },
    async (scene) => {
        const { boot, lab } = scene;
        const { site } = await scene.site('handover');
        const [desk1, desk2] = [hostIn(site, 'desk1'), hostIn(site, 'desk2')];
        // The other NIC, which iPXE finds first, has the address of another host.
        const machine = await boot({
            machine: 'handover/desk2',
            otherNics: [desk1.mac],
        });
        await rootMounted(machine, 150);
        const own = `/by-mac/${desk2.mac.replaceAll(':', '-')}/boot.ipxe`;
        // The lab's own script of that name leads to the one of the configuration.
        expect(scriptsSent(machine)).toEqual([own, own]);
        const { owner, watchers } = await imageUsers(lab.cluster, desk2.image);
        expect(watchers).toEqual([owner]);
        expect(owner).toMatch(/^10\.77\.0\.1\d\d$/);
    },
);
