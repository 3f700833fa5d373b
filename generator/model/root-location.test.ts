import { expect, it } from 'vitest';
import { parsePartition, parseRootTag } from './root-location.ts';

it('takes what blkid finds, with UUIDs in its own case', () => {
    const texts = [
        'UUID=0B1C2D3E-0000-4000-8000-00000000ABCD',
        'LABEL=Root_1',
        'PARTUUID=1234ABCD-02',
    ];
    expect(texts.map(parseRootTag)).toEqual([
        { ok: true, value: 'UUID=0b1c2d3e-0000-4000-8000-00000000abcd' },
        { ok: true, value: 'LABEL=Root_1' },
        { ok: true, value: 'PARTUUID=1234abcd-02' },
    ]);
    expect(parsePartition(2)).toEqual({ ok: true, value: 'PARTITION=2' });
});

it('refuses what would be something else to a shell, or is no tag', () => {
    const tags = [
        'LABEL=',
        'LABEL=a b',
        'LABEL=$(b)',
        'LABEL=a*',
        'LABEL=-a',
        'LABEL=a/b',
        'UUID=*',
    ];
    for (const text of [
        ...tags,
        'UUID=',
        'uuid=1-2',
        '/dev/rbd0',
        'PARTLABEL=root',
        'LABEL=a\nb',
    ]) {
        expect(parseRootTag(text).ok, text).toBe(false);
    }
    for (const number of [0, 16, 1.5, -1, Number.NaN]) {
        expect(parsePartition(number).ok, String(number)).toBe(false);
    }
});
