import { expect, test } from 'vitest';
import { firstBadLine } from './first-bad-line.ts';

const console = (...lines: string[]) =>
    lines.map((text, at) => ({ at, source: 'console' as const, text }));

test('a line that ends a boot comes before one that only sounds bad', () => {
    const seen = console(
        '[    0.1] ACPI Error: no handler for region',
        'modprobe: module nvme not found',
        'rbdboot[map-image] RB204: the monitors rejected the key of client.desks',
        '(initramfs)',
    );
    expect(firstBadLine(seen)).toEqual({ at: 2, text: seen[2]?.text });
});

test('where nothing ends a boot, the first line that sounds bad is it', () => {
    const seen = console(
        '[    0.1] ACPI Error: no handler for region',
        'modprobe: module nvme not found',
        'ipconfig: no response',
    );
    expect(firstBadLine(seen)?.at).toBe(1);
});

test('a console may have nothing bad on it', () => {
    expect(firstBadLine(console('Loading, please wait...'))).toBeUndefined();
    expect(firstBadLine([])).toBeUndefined();
});
