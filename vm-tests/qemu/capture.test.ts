import { expect, test } from 'vitest';
import { plainCapture } from './capture.ts';

const header = Buffer.alloc(24, 7);

function frame(type: number): Buffer {
    const bytes = Buffer.alloc(60, 0x52);
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
