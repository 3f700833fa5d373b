import type { ConfigPath } from '../diagnostics/diagnostic.ts';
import { defaultTries, type Luks, parseTries } from '../model/luks.ts';
import type { Problem } from './problem.ts';
import type { CheckedSpec } from './schema.ts';
import { refusal, take } from './take.ts';

/** Reads how the LUKS container of a host is opened. @returns undefined if there is none, or a problem. */
export function parseLuks(
    spec: CheckedSpec['hosts'][string]['luks'],
    path: ConfigPath,
    problems: Problem[],
    resolveFile: (file: string) => string,
): Luks | undefined {
    if (spec === undefined) {
        return undefined;
    }
    if (spec === 'passphrase') {
        return { kind: 'passphrase', tries: defaultTries };
    }
    if (spec === 'crypttab') {
        return { kind: 'crypttab' };
    }
    const { keyFile, tries } = spec;
    if ((keyFile === undefined) === (tries === undefined)) {
        problems.push(refusal(path, 'say either "tries", of a passphrase, or "keyFile"'));
        return undefined;
    }
    if (keyFile !== undefined) {
        if (keyFile === '' || keyFile.includes('\0')) {
            problems.push(refusal([...path, 'keyFile'], 'it names no file'));
        }
        return { kind: 'key-file', file: resolveFile(keyFile) };
    }
    const counted =
        tries === undefined ? undefined : take(problems, [...path, 'tries'], tries, parseTries);
    return counted === undefined ? undefined : { kind: 'passphrase', tries: counted };
}
