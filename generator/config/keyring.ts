import { readFileSync } from 'node:fs';
import type { Code } from '../diagnostics/catalogue.ts';
import { failure, type Outcome, success } from '../diagnostics/diagnostic.ts';
import { type CephKey, keyTypeOf, parseCephKey } from '../model/ceph-key.ts';
import type { KernelVersion } from '../model/kernel-version.ts';
import type { ClientName } from '../model/names.ts';
import { accepted, type Parsed, refused } from '../model/parsed.ts';

/**
 * Reads the key of one client from a keyring file.
 *
 * No message repeats anything of the file but names of clients: what is malformed may be a key.
 *
 * @param kernel the one that will use the key; absent if it is not known. If it does not know the
 * type of the key, that is RB114; everything else is RB303.
 */
export function readKeyring(
    file: string,
    client: ClientName,
    kernel?: KernelVersion,
): Outcome<CephKey> {
    let text: string;
    try {
        text = readFileSync(file, 'utf8');
    } catch (error) {
        return refuse(
            file,
            reasons[String((error as NodeJS.ErrnoException).code)] ?? String(error),
            {
                hint: `write it on a machine with admin rights: ceph auth get client.${client} -o ${file}`,
            },
        );
    }
    const found = findKey(text, client);
    const key = found.ok ? parseFound(found.value, client, kernel) : found;
    if (key.ok) {
        return success(key.value);
    }
    const tooNew = kernel !== undefined && found.ok && keyTypeOf(found.value) === 'aes256k';
    return refuse(file, key.reason, tooNew ? { code: 'RB114' } : {});
}

/** Reads the text of a keyring: an ini file with one section per client. */
export function parseKeyring(
    text: string,
    client: ClientName,
    kernel?: KernelVersion,
): Parsed<CephKey> {
    const found = findKey(text, client);
    return found.ok ? parseFound(found.value, client, kernel) : found;
}

function parseFound(key: string, client: ClientName, kernel?: KernelVersion): Parsed<CephKey> {
    const parsed = parseCephKey(key, kernel);
    return parsed.ok
        ? accepted(parsed.value)
        : refused(`the key of client.${client}: ${parsed.reason}`);
}

function findKey(text: string, client: ClientName): Parsed<string> {
    const wanted = `client.${client}`;
    const sections: string[] = [];
    const keys: string[] = [];
    for (const line of text.split('\n').map((one) => one.trim())) {
        const section = /^\[([^\]]*)\]$/.exec(line)?.[1]?.trim();
        if (section !== undefined) {
            sections.push(section);
        }
        const key = /^key\s*=(.*)$/.exec(line)?.[1];
        if (key !== undefined && sections.at(-1) === wanted) {
            keys.push(key.trim());
        }
    }
    if (!sections.includes(wanted)) {
        const others = sections.filter((name) => /^[\w.-]+$/.test(name));
        const known = others.length === 0 ? '' : `; it has ${others.join(', ')}`;
        return refused(`there is no section [${wanted}] in it${known}`);
    }
    const [key, second] = keys;
    if (key === undefined) {
        return refused(`its section [${wanted}] has no line "key = …"`);
    }
    if (second !== undefined) {
        return refused(`its section [${wanted}] has more than one line "key = …"`);
    }
    return accepted(key);
}

const reasons: Readonly<Record<string, string>> = {
    ENOENT: 'there is no such file',
    EISDIR: 'it is a directory',
    EACCES: 'you may not read it',
};

function refuse(
    file: string,
    reason: string,
    more: { readonly code?: Code; readonly hint?: string },
): Outcome<never> {
    return failure({
        code: 'RB303',
        severity: 'error',
        message: `cannot read a key from the keyring ${file}: ${reason}`,
        ...more,
    });
}
