import { describe, expect, it } from 'vitest';
import { parseDuration } from './duration.ts';
import { imageFeatures, whyUnsupported } from './image-feature.ts';
import { parseNamespaceName, parseSnapshotName } from './image-reference.ts';
import { isOlder, parseKernelVersion, printKernelVersion, since } from './kernel-version.ts';
import type { Parsed } from './parsed.ts';
import { parseSize } from './size.ts';

function outcomeOf(parsed: Parsed<unknown>): unknown {
    return parsed.ok ? parsed.value : parsed.reason;
}

describe('parseDuration', () => {
    it.each([
        ['30s', 30],
        ['2m', 120],
        ['1h', 3600],
        ['0s', 0],
        ['2147483s', 2147483],
        ['30', 'it has no unit: write "30s" for seconds or "30m" for minutes'],
        ['500ms', 'the kernel takes whole seconds, no milliseconds'],
        ['2147484s', 'it is longer than the kernel can wait, which is 2147483 s (24 days)'],
        ['1.5m', 'a duration is a whole number and a unit: "30s", "2m" or "1h"'],
        ['-1s', 'a duration is a whole number and a unit: "30s", "2m" or "1h"'],
        ['s', 'a duration is a whole number and a unit: "30s", "2m" or "1h"'],
        ['', 'a duration is a whole number and a unit: "30s", "2m" or "1h"'],
    ])('%j is %j', (text, outcome) => {
        expect(outcomeOf(parseDuration(text))).toBe(outcome);
    });
});

describe('parseSize', () => {
    it.each([
        ['64K', 65536],
        ['512M', 536870912],
        ['10G', 10737418240],
        ['2T', 2199023255552],
        ['512', 'it has no unit: write "512K", "512M" or "512G"'],
        ['10g', 'write "10G"'],
        ['10GiB', 'write "10G"'],
        ['10GB', 'write "10G"'],
        ['0M', 'a size is at least one unit'],
        ['9999999999999T', 'it is larger than any image'],
        ['1.5G', 'a size is a whole number and a unit: "64K", "512M" or "10G"'],
        ['', 'a size is a whole number and a unit: "64K", "512M" or "10G"'],
    ])('%j is %j', (text, outcome) => {
        expect(outcomeOf(parseSize(text))).toBe(outcome);
    });
});

describe('parseKernelVersion', () => {
    it.each(['6.1', '6.1.0', '6.1.0-56-amd64', '6.1.176+deb13-cloud-amd64', '6.1-rc3'])(
        'reads %s',
        (text) => {
            const parsed = parseKernelVersion(text);
            expect(parsed.ok && printKernelVersion(parsed.value)).toBe('6.1');
        },
    );
    it.each([
        ['6', 'as "uname -r" prints it'],
        ['v6.1', 'leave out the "v": "6.1"'],
        ['bookworm', 'as "uname -r" prints it'],
        ['6.1 amd64', 'as "uname -r" prints it'],
        ['', 'as "uname -r" prints it'],
    ])('refuses %j', (text, reason) => {
        expect(outcomeOf(parseKernelVersion(text))).toContain(reason);
    });
    it('compares numbers, not texts', () => {
        expect(isOlder(since('5.9'), since('5.11'))).toBe(true);
        expect(isOlder(since('6.1'), since('5.17'))).toBe(false);
        expect(isOlder(since('5.11'), since('5.11'))).toBe(false);
    });
});

describe('names of parts of a pool', () => {
    it('are what a map string can carry', () => {
        expect(outcomeOf(parseNamespaceName('hosts'))).toBe('hosts');
        expect(outcomeOf(parseNamespaceName('a b'))).toContain('contains a space');
        expect(outcomeOf(parseSnapshotName('golden-2026.11'))).toBe('golden-2026.11');
        expect(outcomeOf(parseSnapshotName('-'))).toContain('no snapshot');
    });
});

describe('whyUnsupported', () => {
    it('knows what no kernel has, and what a kernel does not have yet', () => {
        expect(whyUnsupported('journaling')).toBe('no kernel maps an image with it');
        expect(whyUnsupported('object-map')).toBeUndefined();
        expect(whyUnsupported('object-map', since('4.19'))).toBe(
            'kernels map it since 5.3, and this one is 4.19',
        );
        const unknown = imageFeatures.filter((name) => whyUnsupported(name, since('6.1')));
        expect(unknown).toEqual(['journaling', 'migrating']);
    });
});
