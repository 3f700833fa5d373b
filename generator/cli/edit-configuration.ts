import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { type Diagnostic, failure, type Outcome, success } from '../diagnostics/diagnostic.ts';
import { printDiff } from '../emit/unified-diff.ts';
import type { Host, Site } from '../model/site.ts';
import type { HostChange } from '../typescript/edit.ts';
import { checkSite } from './check-site.ts';
import type { Result } from './output.ts';
import { writeConfiguration } from './write-configuration.ts';

export interface EditOptions {
    readonly config: string;
    readonly dryRun: boolean;
}

/**
 * Changes one host in a configuration: edits the text, checks the result as `rbdboot check` would,
 * sees that no other host has changed, and only then writes.
 *
 * @param before the site as the configuration has it now.
 * @param done what has happened, for a person: `added desk2 to`.
 */
export async function editConfiguration(
    { config, dryRun }: EditOptions,
    before: Site,
    change: HostChange,
    done: string,
): Promise<Outcome<Result>> {
    const bytes = readFileSync(config);
    const text = bytes.toString('utf8');
    if (!Buffer.from(text, 'utf8').equals(bytes)) {
        return failure(cannotEdit(config, 'it is not UTF-8', 'save it as UTF-8'));
    }
    const { editHosts } = await import('../typescript/edit.ts');
    const edited = editHosts(text, change);
    if (!edited.ok) {
        return failure(cannotEdit(config, edited.reason, edited.paste));
    }
    const after = await checkSite(config, edited.text);
    if (!after.ok) {
        return failure(...after.diagnostics.map(withoutPlace));
    }
    const touched = hostsBeside(change.name, before, after.value);
    if (touched !== undefined) {
        const reason = `the change would also change ${touched}`;
        return failure(cannotEdit(config, reason, `change ${change.name} by hand`));
    }
    const path = relative('.', config);
    const json = { config: path, host: change.name, changed: edited.text !== text };
    if (edited.text === text) {
        return success({ text: `${path} says so already: nothing changed\n`, json });
    }
    if (dryRun) {
        const diff = printDiff(path, asFile(text), asFile(edited.text));
        return success({ text: diff, json: { ...json, dryRun, diff } });
    }
    const written = writeConfiguration(config, bytes, edited.text);
    return written.ok ? success({ text: `${done} ${path}\n`, json }) : written;
}

/** For the diff: a configuration is no secret, whoever may read it. */
function asFile(text: string) {
    return { kind: 'file', mode: 0o644, bytes: Buffer.from(text, 'utf8') } as const;
}

/** The lines of a text that is not written would lead nowhere. */
function withoutPlace({ location: _, ...rest }: Diagnostic): Diagnostic {
    return { ...rest, message: `${rest.message}\n(the configuration was not changed)` };
}

/** The name of another host that is not as it was. */
function hostsBeside(name: string, before: Site, after: Site): string | undefined {
    const others = (site: Site) => site.hosts.filter((host) => host.name !== name);
    const [old, now] = [others(before), others(after)];
    if (old.length !== now.length) {
        return 'the list of hosts';
    }
    return old.find((host, index) => !same(host, now[index]))?.name;
}

/** A plan is a function, and each run of a configuration makes another one. */
function same({ plan, ...one }: Host, other: Host | undefined): boolean {
    const { plan: otherPlan, ...rest } = other ?? {};
    return isDeepStrictEqual(one, rest) && (plan === undefined) === (otherPlan === undefined);
}

function cannotEdit(config: string, reason: string, paste: string): Diagnostic {
    return {
        code: 'RB125',
        severity: 'error',
        message: `${relative('.', config)} cannot be edited: ${reason}`,
        hint: paste,
    };
}
