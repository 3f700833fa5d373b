import { expect, test } from 'vitest';
import { cutLines } from './console.ts';

test('lines come out whole, whatever pieces they come in', () => {
    const cutter = cutLines();
    expect(cutter.push('[    0.0')).toEqual([]);
    expect(cutter.push('00000] Linux version 6.1\r\nRun /in')).toEqual([
        '[    0.000000] Linux version 6.1',
    ]);
    expect(cutter.push('it\n\n')).toEqual(['Run /init']);
});

test('colours and other control sequences go, also if they are cut in two', () => {
    const cutter = cutLines();
    expect(cutter.push('\x1b[1;31mrbdboot\x1b[0')).toEqual([]);
    expect(cutter.push('m[map-image]: here\n')).toEqual(['rbdboot[map-image]: here']);
    expect(cutter.push('\x1bc\x1b[?7l\x1b]0;title\x07x\n')).toEqual(['x']);
});

test('the screens of the BIOS become lines', () => {
    const cutter = cutLines();
    expect(cutter.push('\x1b[2J\x1b[1;1HSeaBIOS\x1b[3;1HiPXE\x1b[5;1H')).toEqual([
        'SeaBIOS',
        'iPXE',
    ]);
});

test('the kernel does not speak into the line of a program', () => {
    const cutter = cutLines();
    const report = 'rbdboot[check-root] RB226: /dev/rbd0 has xfs';
    expect(cutter.push(`${report}[    3.15`)).toEqual([]);
    expect(cutter.push('2812] IPv6: link becomes ready\r\n\r\n  to do: correct it\r\n')).toEqual([
        report,
        '[    3.152812] IPv6: link becomes ready',
        '  to do: correct it',
    ]);
    expect(cutter.push('desk1 login: \r[   11.000001] rbd: rbd0: capacity\r\n')).toEqual([
        'desk1 login:',
        '[   11.000001] rbd: rbd0: capacity',
    ]);
});

test('a prompt is seen before its line ends', () => {
    const cutter = cutLines();
    cutter.push('desk1 login: ');
    expect(cutter.rest()).toBe('desk1 login:');
});

test('text that a carriage return overwrites goes', () => {
    expect(cutLines().push('10%\r50%\r100%\n')).toEqual(['100%']);
});
