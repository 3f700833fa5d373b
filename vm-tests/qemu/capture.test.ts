import { expect, test } from 'vitest';
import { plainCapture } from './capture.ts';

const header = Buffer.alloc(24, 7);

function frame(type: number): Buffer {
    const bytes = Buffer.alloc(60);
    bytes.writeUInt16BE(type, 12);
    return bytes;
}

/** A frame as it stands in a file. */
function captured(bytes: Buffer, lengthOnWire: number): Buffer {
    const before = Buffer.alloc(16);
    before.writeUInt32LE(1_795_324_329, 0);
    before.writeUInt32LE(bytes.length, 8);
    before.writeUInt32LE(lengthOnWire, 12);
    return Buffer.concat([before, bytes]);
}

const plain = Buffer.concat([
    header,
    captured(frame(0x0800), 1514),
    captured(frame(0x0806), 60),
    captured(frame(0x86dd), 86),
]);

test('the headers of virtio-net are taken from a capture, whichever length they have', () => {
    const [short, long] = [Buffer.alloc(10), Buffer.alloc(12)];
    const given = Buffer.concat([
        header,
        captured(Buffer.concat([short, frame(0x0800)]), 1524),
        captured(Buffer.concat([long, frame(0x0806)]), 72),
        captured(frame(0x86dd), 86),
    ]);
    expect(plainCapture(given)).toEqual(plain);
});

test('a capture without them stays as it is', () => {
    expect(plainCapture(plain)).toEqual(plain);
});

test('of a frame that was not written whole nothing is lost but that frame', () => {
    expect(plainCapture(Buffer.concat([plain, Buffer.alloc(9)]))).toEqual(plain);
});

test('what a machine reads of its image is not in a capture, and the length of its frame is', () => {
    const read = Buffer.concat([frame(0x0800), Buffer.from('the key of the image')]);
    read[14] = 0x45;
    read[14 + 9] = 6;
    read[14 + 20 + 12] = 0x50;
    const shown = plainCapture(Buffer.concat([header, captured(read, 9014)]));
    expect(shown).toEqual(Buffer.concat([header, captured(read.subarray(0, 54), 9014)]));
});
