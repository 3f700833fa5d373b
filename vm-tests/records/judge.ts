import { createHash } from 'node:crypto';

/** SHA-256 in hexadecimal digits and the end of its line. */
const checksumLength = 65;

/** The records that a disk has, and what is wrong with them. */
export interface Judgement {
    /** The highest number without a gap below it; 0 if there is no record. */
    readonly last: number;
    /** A sentence each; empty if every acknowledged record is there, whole and in its place. */
    readonly faults: readonly string[];
}

/**
 * Compares what a disk has after a power cut with what was promised before it
 * (`guest/write-records.sh`). A record that nobody was told of may be there if it is the next one,
 * since the power may go between the write and the word of it; of any later one the earlier are lost.
 *
 * @param files the contents of the directory with the records, by name; `new` is the one that was
 * being written, and may be in any state.
 * @param acknowledged the number of the last record that was said to be on the disk.
 */
export function judgeRecords(
    files: Readonly<Record<string, Buffer>>,
    acknowledged: number,
): Judgement {
    const faults: string[] = [];
    const numbered = new Map<number, Buffer>();
    for (const [name, contents] of Object.entries(files)) {
        if (/^\d{8,}$/.test(name)) {
            numbered.set(Number(name), contents);
        } else if (name !== 'new') {
            faults.push(`"${name}" is no record`);
        }
    }
    const highest = Math.max(acknowledged, ...numbered.keys());
    let last = 0;
    let previous: string | undefined = 'nothing';
    for (let number = 1; number <= highest; number += 1) {
        const contents = numbered.get(number);
        const what = number > acknowledged ? '' : ', which was acknowledged,';
        if (contents === undefined) {
            faults.push(`record ${number}${what} is not there`);
            previous = undefined;
            continue;
        }
        const record = readRecord(contents);
        if (record === undefined) {
            faults.push(`record ${number}${what} is torn: it has ${contents.length} bytes`);
            previous = undefined;
            continue;
        }
        if (record.number !== number) {
            faults.push(`in the place of record ${number} there is record ${record.number}`);
        } else if (previous !== undefined && record.previous !== previous) {
            faults.push(`record ${number} does not follow the record ${number - 1} that is there`);
        }
        previous = record.checksum;
        last = last === number - 1 ? number : last;
    }
    if (highest > acknowledged + 1) {
        faults.push(`record ${highest} is there, and only ${acknowledged} were acknowledged`);
    }
    return { last, faults };
}

interface DiskRecord {
    readonly number: number;
    readonly previous: string;
    readonly checksum: string;
}

/** What a record says of itself. Undefined: its checksum is of something else, so it is not whole. */
function readRecord(contents: Buffer): DiskRecord | undefined {
    const body = contents.subarray(0, -checksumLength);
    const checksum = contents.subarray(-checksumLength).toString('latin1').trimEnd();
    if (createHash('sha256').update(body).digest('hex') !== checksum) {
        return undefined;
    }
    const line = body.subarray(0, body.indexOf('\n')).toString('latin1');
    const match = /^record (?<number>\d+) after (?<previous>\S+)$/.exec(line);
    const { number, previous } = match?.groups ?? {};
    return number === undefined || previous === undefined
        ? undefined
        : { number: Number(number), previous, checksum };
}
