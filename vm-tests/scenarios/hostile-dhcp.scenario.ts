import { expect } from 'vitest';
import { emittedBootScript, replaced } from '../emitted-boot-script.ts';
import { scenario } from '../scenario.ts';

/** klibc's ipconfig writes down what it got, for scripts to source: in quotes, and none of ours does. */
const sourcing = `
for file in /run/net-*.conf; do
    . "$file"
done
case "$ROOTPATH" in
    *'reboot -f'*) echo 'the root path is as it was sent' > /dev/console ;;
esac
`;

scenario(
    {
        id: 'S06',
        title: 'a DHCP server whose root path is a command is not obeyed',
        tier: 'night',
        machines: ['handover/hostile'],
        lane: 'direct',
        premise: 'S06.premise',
        outcome: 'up',
    },
    async ({ boot, lab }) => {
        const script = await emittedBootScript(lab, 'handover');
        const machine = await boot({ bootScript: `${script}${sourcing}` });
        await machine.rootMounted(90);
        const sent = machine.journal
            .all()
            .filter(
                ({ source, text }) =>
                    source === 'dhcp' && /sent size:.*option: +17 .*reboot -f/.test(text),
            );
        expect(sent).not.toEqual([]);
        const { owner, watchers } = await machine.image.users();
        expect(watchers).toEqual([owner]);
        expect(machine.console.text()).toMatch(/the root path is as it was sent$/m);
    },
);

/** As scripts do that look for their root where the DHCP server says, for NFS in most cases. */
const evaluating = `
. "/run/net-$interface.conf"
eval "server_and_path=$ROOTPATH"
`;

scenario(
    {
        id: 'S06.premise',
        title: 'a script that evaluates the root path of the DHCP server does what stands there',
        tier: 'night',
        machines: ['handover/hostile'],
        lane: 'direct',
        outcome: { shows: 'the reboot that the DHCP server asked for', within: 90 },
    },
    async ({ boot, lab }) => {
        const script = await emittedBootScript(lab, 'handover');
        const after = '\nstep_network\n';
        const machine = await boot({
            bootScript: replaced(script, after, `${after}${evaluating}`),
        });
        const { data } = await machine.showed(/^SHUTDOWN$/, 'qemu');
        expect(data).toMatchObject({ guest: true, reason: 'guest-reset' });
        expect(machine.console.text()).toContain('rbdboot[network]: asking for an address');
        expect(machine.console.text()).not.toMatch(/rbdboot\[map-image\]|RB\d{3}/);
    },
);
