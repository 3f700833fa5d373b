import { expect } from 'vitest';
import { imageUsers } from '../cluster/truth.ts';
import { logIn } from '../qemu/guest-shell.ts';
import { rootMounted } from '../qemu/root-mounted.ts';
import { scenario } from '../scenario.ts';
import { hostIn } from '../site.ts';

scenario(
    {
        id: 'S06',
        title: 'a DHCP server whose root path is a command is not obeyed',
        tier: 'night',
        machines: ['handover/hostile'],
        lane: 'direct',
        premise: 'S09.premise',
        outcome: 'up',
    },
    async (scene) => {
        const { boot, lab } = scene;
        const { site } = await scene.site('handover');
        const { image } = hostIn(site, 'hostile');
        const machine = await boot({ machine: 'handover/hostile', lane: 'direct' });
        await rootMounted(machine, 90);
        const sent = machine.journal
            .all()
            .filter(
                ({ source, text }) =>
                    source === 'dhcp' && /sent size:.*option: +17 .*reboot -f/.test(text),
            );
        expect(sent).not.toEqual([]);
        const { owner, watchers } = await imageUsers(lab.cluster, image);
        expect(watchers).toEqual([owner]);
        // klibc's ipconfig writes them down for scripts to source: in quotes, and none of ours does.
        const shell = await logIn(machine, 150);
        expect(await shell.run('grep -q reboot /run/net-*.conf', 20)).toBe(0);
        expect(
            await shell.run(
                'for f in /run/net-*.conf; do ( . "$f"; echo "$ROOTPATH" | grep -q reboot ); done',
                20,
            ),
        ).toBe(0);
        shell.close();
    },
);
