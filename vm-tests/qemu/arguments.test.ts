import { expect, test } from 'vitest';
import type { MacAddress } from '../../generator/model/mac-address.ts';
import { machineCommand, type Start } from './arguments.ts';

const commandOf = (start: Start) =>
    machineCommand({
        name: 'desk1',
        nics: [{ mac: '52:54:00:12:34:01' as MacAddress, plug: 'tap,ifname=tap0' }],
        accelerator: 'tcg',
        start,
        sockets: { qmp: '/run/qmp', console: '/run/console' },
        files: { console: '/tmp/console', capture: '/run/frames', events: '/tmp/events' },
        nonce: '1234',
    }).join(' ');

test('under BIOS the ROM of the NIC boots the machine', () => {
    const command = commandOf({ lane: 'network' });
    expect(command).toContain('mac=52:54:00:12:34:01,bootindex=1');
    expect(command).not.toMatch(/pflash|-kernel/);
});

test('under UEFI the firmware boots from the NIC, and has variables of its own', () => {
    const uefi = { code: '/usr/code.fd', variables: '/run/variables' };
    const command = commandOf({ lane: 'network', uefi });
    expect(command).toContain('romfile=,bootindex=1');
    expect(command).toContain('unit=0,readonly=on,file=/usr/code.fd');
    expect(command).toContain('unit=1,file=/run/variables');
});

test('on the direct lane nothing is looked for on the network', () => {
    const files = { kernel: '/srv/vmlinuz', initrd: '/run/initrd', commandLine: 'rw quiet' };
    const command = commandOf({ lane: 'direct', ...files });
    expect(command).toContain(
        '-kernel /srv/vmlinuz -initrd /run/initrd -append rw quiet no_timer_check',
    );
    expect(command).not.toContain('bootindex');
});

test('an iPXE of its own is started in the place of the one of the NIC', () => {
    const command = commandOf({ lane: 'network', ipxe: '/srv/ipxe.lkrn' });
    expect(command).toContain(' -kernel /srv/ipxe.lkrn ');
    expect(command).not.toContain('bootindex');
});

test('of what QEMU translates it keeps no more than is looked through quickly', () => {
    expect(commandOf({ lane: 'network' })).toContain('-accel tcg,tb-size=256 -cpu max,');
});

test('TCG is to order what the one processor writes for what runs beside it', () => {
    expect(commandOf({ lane: 'network' })).toContain('-smp 1,maxcpus=2 ');
});
