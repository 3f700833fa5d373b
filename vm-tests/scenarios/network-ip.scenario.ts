import { expect } from 'vitest';
import type { MacAddress } from '../../generator/model/mac-address.ts';
import { emittedBootScript } from '../emitted-boot-script.ts';
import type { Machine } from '../qemu/machine.ts';
import { mountsRoot, scenario } from '../scenario.ts';

const other = '52:54:00:12:40:98' as MacAddress;

/** Whether a NIC asked for an address that nobody was to ask for. */
function asked({ journal }: Machine): boolean {
    return journal.all().some(({ source, text }) => source === 'dhcp' && text.includes(other));
}

const withIp = {
    otherNics: [other],
    commandLine: (line: string) => `${line} ip=dhcp`,
} as const;

mountsRoot(
    {
        id: 'H04.ip',
        title: 'with ip= on its command line Debian 13 leaves the other NIC alone too',
        tier: 'night',
        machines: ['trixie/desk1'],
        lane: 'direct',
    },
    async ({ machine }) => expect(asked(machine)).toBe(false),
    withIp,
);

// The premise: without the word of the boot script, init configures whatever NIC there is.
scenario(
    {
        id: 'F44',
        title: 'without IP=none the init of Debian 13 asks for an address on the other NIC',
        tier: 'night',
        machines: ['trixie/desk1'],
        lane: 'direct',
        outcome: { shows: 'that another NIC asks for an address', within: 150 },
    },
    async (scene) => {
        const script = await emittedBootScript(scene.lab, 'trixie');
        const without = script.replace(/^.*IP=none\n/m, '');
        expect(without).not.toBe(script);
        const machine = await scene.boot({ ...withIp, bootScript: without });
        await machine.showed(new RegExp(other), 'dhcp');
    },
);
