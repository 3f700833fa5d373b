import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { withDirectory } from '../testing/shells.ts';
import { readLuksKey } from './luks-key.ts';

function read(content?: Buffer) {
    return withDirectory((directory) => {
        const file = join(directory, 'desk1.key');
        if (content !== undefined) {
            writeFileSync(file, content);
        }
        const key = readLuksKey(file);
        return key.ok
            ? key.value
            : key.diagnostics.map(
                  ({ code, message }) => `${code} ${message.replace(directory, '')}`,
              );
    });
}

it('takes all bytes of the file, whatever they are', () => {
    const bytes = Buffer.from([0, 255, 10, 13, 10]);
    expect(read(bytes)).toBe(`${bytes.toString('base64')}\n`);
});

it.each([
    ['is not there', undefined, 'there is no such file'],
    ['is empty', Buffer.alloc(0), 'it is empty'],
    ['is too large', Buffer.alloc(65_537), 'it has 65537 bytes, and a key has 65536 at most'],
])('refuses a file that %s', (_, content, reason) => {
    expect(read(content)).toEqual([`RB320 cannot read a key from /desk1.key: ${reason}`]);
});
