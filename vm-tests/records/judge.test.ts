import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { judgeRecords } from './judge.ts';

/** Records 1 to `count`, as `guest/write-records.sh` writes them. */
function records(count: number): Record<string, Buffer> {
    const files: Record<string, Buffer> = {};
    let previous = 'nothing';
    for (let number = 1; number <= count; number += 1) {
        const text = `record ${number} after ${previous}\n${'some bytes\n'.repeat(number * 100)}`;
        previous = createHash('sha256').update(text).digest('hex');
        files[nameOf(number)] = Buffer.from(`${text}${previous}\n`);
    }
    return files;
}

const nameOf = (number: number) => String(number).padStart(8, '0');

const contentsOf = (files: Record<string, Buffer>, number: number) =>
    files[nameOf(number)] ?? Buffer.alloc(0);

test('all that was acknowledged is there', () => {
    expect(judgeRecords(records(12), 12)).toEqual({ last: 12, faults: [] });
    expect(judgeRecords({}, 0)).toEqual({ last: 0, faults: [] });
});

test('the power went between the write of a record and the word of it', () => {
    const files = { ...records(13), new: Buffer.from('the next one, in p') };
    expect(judgeRecords(files, 12)).toEqual({ last: 13, faults: [] });
});

test('acknowledged records are lost: the last ones, or one in the middle', () => {
    expect(judgeRecords(records(10), 12)).toEqual({
        last: 10,
        faults: [
            'record 11, which was acknowledged, is not there',
            'record 12, which was acknowledged, is not there',
        ],
    });
    const files = records(12);
    delete files[nameOf(7)];
    expect(judgeRecords(files, 12)).toEqual({
        last: 6,
        faults: ['record 7, which was acknowledged, is not there'],
    });
});

test.each([
    ['its end is missing', (whole: Buffer) => whole.subarray(0, 512)],
    ['it is empty', () => Buffer.alloc(0)],
    ['a block of it was never written', (whole: Buffer) => Buffer.from(whole).fill(0, 512, 1024)],
    ['one bit is another', (whole: Buffer) => Buffer.from(whole).fill('X', 700, 701)],
])('an acknowledged record is torn: %s', (_, tear) => {
    const files = records(12);
    const torn = tear(contentsOf(files, 12));
    expect(judgeRecords({ ...files, [nameOf(12)]: torn }, 12)).toEqual({
        last: 11,
        faults: [`record 12, which was acknowledged, is torn: it has ${torn.length} bytes`],
    });
});

test('records are out of order: a later one is there without those before', () => {
    const files = records(15);
    delete files[nameOf(13)];
    expect(judgeRecords(files, 12).faults).toEqual([
        'record 13 is not there',
        'record 15 is there, and only 12 were acknowledged',
    ]);
});

test('records are out of order: two have changed places', () => {
    const files = records(12);
    const swapped = {
        ...files,
        [nameOf(3)]: contentsOf(files, 4),
        [nameOf(4)]: contentsOf(files, 3),
    };
    expect(judgeRecords(swapped, 12).faults).toContain(
        'in the place of record 3 there is record 4',
    );
});

test('a record is one of another run: whole, and not what the next one follows', () => {
    const text = 'record 5 after nothing\nof a run that is gone\n';
    const checksum = createHash('sha256').update(text).digest('hex');
    const files = { ...records(12), [nameOf(5)]: Buffer.from(`${text}${checksum}\n`) };
    expect(judgeRecords(files, 12).faults).toEqual([
        'record 5 does not follow the record 4 that is there',
        'record 6 does not follow the record 5 that is there',
    ]);
});

test('what is no record is named', () => {
    const files = { ...records(2), '#1234': Buffer.alloc(3) };
    expect(judgeRecords(files, 2).faults).toEqual(['"#1234" is no record']);
});
