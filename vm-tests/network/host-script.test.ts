import { expect, test } from 'vitest';
import { interpretHostScript } from './host-script.ts';

const lease = { address: '10.77.0.51', netmask: '255.255.255.0', gateway: '10.77.0.1' };
const script = (line: string) => `#!ipxe
# Boots desk1.
kernel --timeout 30000 ../../vmlinuz initrd=initrd.img ${line} || goto failed
initrd ../../initrd.img || goto failed
initrd host.cpio || goto failed
boot || goto failed
`;

test('the files are found beside the script, and the lease is filled in', () => {
    const text = script('rbdboot.address=${netX/ip}/${netX/netmask}');
    expect(interpretHostScript(text, '/srv/by-mac/52-54', lease)).toEqual({
        kernel: '/srv/vmlinuz',
        initrds: ['/srv/initrd.img', '/srv/by-mac/52-54/host.cpio'],
        commandLine: 'initrd=initrd.img rbdboot.address=10.77.0.51/255.255.255.0',
    });
});

test('a setting that no lease has is not left empty', () => {
    expect(() => interpretHostScript(script('x=${uuid}'), '/srv', lease)).toThrow('asks for uuid');
});
