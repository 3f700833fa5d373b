import { createTwoFilesPatch } from 'diff';
import type { Content, Found } from './content.ts';
import { isSecret } from './emitted-path.ts';

/**
 * The change of one file as `diff -u` shows it. What others than the owner may not read, before or
 * after the change, is not shown.
 */
export function printDiff(path: string, before: Found, after: Content | undefined): string {
    const [from, to] = [textOf(before), textOf(after)];
    if ([before, after].some(hides)) {
        return `${from === to ? 'mode of' : 'file'} ${path}: contents not shown\n`;
    }
    if (from === to) {
        return `mode of ${path}: ${modeOf(before)} -> ${modeOf(after)}\n`;
    }
    const oldName = from === undefined ? '/dev/null' : `a/${path}`;
    const newName = to === undefined ? '/dev/null' : `b/${path}`;
    return createTwoFilesPatch(oldName, newName, from ?? '', to ?? '', undefined, undefined, {
        context: 3,
    }).replace(/^=+\n/, '');
}

function textOf(content: Found | undefined): string | undefined {
    switch (content?.kind) {
        case 'file':
            return content.bytes.toString('utf8');
        case 'link':
            return `symbolic link to ${content.to}\n`;
        default:
            return undefined;
    }
}

function hides(content: Found | undefined): boolean {
    return content?.kind === 'file' && isSecret(content.mode);
}

function modeOf(content: Found | undefined): string {
    return content?.kind === 'file' ? content.mode.toString(8).padStart(4, '0') : 'none';
}
