import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Condition } from '../sh/ast.ts';
import { argumentOf, exitWith, when } from '../sh/build.ts';
import { printScript } from '../sh/print.ts';
import { isIpv4Address } from './ipv4-pattern.ts';
import { isClientName, isImageReference, isMacAddress } from './text-patterns.ts';

let directory = '';
beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'rbdboot-patterns-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

/** The texts that the emitted function accepts, as the shell of an initramfs decides. */
function accepted(name: string, condition: Condition, texts: readonly string[]): readonly string[] {
    const file = join(directory, name);
    const main = [when(condition, [exitWith(0)]), exitWith(1)];
    writeFileSync(file, printScript({ kind: 'script', header: [], preamble: [], main }));
    return texts.filter((text) => {
        try {
            execFileSync('busybox', ['sh', file, text], { stdio: 'pipe' });
            return true;
        } catch {
            return false;
        }
    });
}

const hostile = [
    '',
    ' ',
    '*',
    '$(id)',
    '`id`',
    "'",
    '"',
    ';',
    '\n',
    '-n',
    '..',
    'a b',
    'ä',
    '\\',
    '[x]',
];

describe('what arrives at boot is matched in the shell', () => {
    it('as an IPv4 address', () => {
        const good = ['0.0.0.0', '10.77.0.101', '255.255.255.255'];
        const bad = [
            '1.2.3',
            '1.2.3.4.5',
            '256.1.1.1',
            '1.2.3.4.',
            '.1.2.3.4',
            '1.2.3.4/8',
            '1..2.3',
            '0x1.2.3.4',
            '1.2.3.0004',
        ];
        expect(
            accepted('ipv4', isIpv4Address(argumentOf(1)), [...good, ...bad, ...hostile]),
        ).toEqual(good);
    });

    it('as a MAC address', () => {
        const good = ['52:54:00:ab:cd:ef'];
        const bad = [
            '52:54:00:AB:CD:EF',
            '52-54-00-ab-cd-ef',
            '52:54:00:ab:cd',
            '52:54:00:ab:cd:ef:00',
            '52:54:00:ab:cd:eg',
        ];
        expect(accepted('mac', isMacAddress(argumentOf(1)), [...good, ...bad, ...hostile])).toEqual(
            good,
        );
    });

    it('as the name of a client', () => {
        const good = ['desks', 'desk-1.x_y'];
        const bad = ['.', '../../x', 'a/b', 'a,b', 'a=b', '-x', 'a%s'];
        expect(
            accepted('client', isClientName(argumentOf(1)), [...good, ...bad, ...hostile]),
        ).toEqual(good);
    });

    it('as an image', () => {
        const good = ['rbd/desk1', 'rbd/hosts/desk1', '.a/_b/c.d-e'];
        const bad = [
            'desk1',
            '/a',
            'a/',
            'a//b',
            'a/b/c/d',
            'a/-b',
            '-a/b',
            'a/b@c',
            'a/b c',
            'a,b/c',
            'a/b\nc',
        ];
        expect(
            accepted('image', isImageReference(argumentOf(1)), [...good, ...bad, ...hostile]),
        ).toEqual(good);
    });
});
