import * as v from 'valibot';
import type { ConfigPath } from '../diagnostics/diagnostic.ts';
import { suggest } from '../diagnostics/suggest.ts';
import { refusedMapOptions } from '../model/map-options.ts';
import { type Problem, printPath } from './problem.ts';
import { bootSchema, type CheckedSpec, knownKeys } from './schema.ts';

export type Shape =
    | { readonly ok: true; readonly spec: CheckedSpec }
    | { readonly ok: false; readonly problems: readonly Problem[] };

/** Checks that a default export has the keys and types of {@link BootSpec}. */
export function checkShape(value: unknown): Shape {
    const result = v.safeParse(bootSchema, value);
    return result.success
        ? { ok: true, spec: result.output }
        : { ok: false, problems: result.issues.map(toProblem) };
}

function toProblem(issue: v.BaseIssue<unknown>): Problem {
    const path = (issue.path ?? []).map((item) => item.key as string | number);
    const key = path.findLast((one) => typeof one === 'string');
    if (issue.type === 'strict_object' && issue.path?.at(-1)?.origin === 'key') {
        return issue.expected === 'never' ? unknownKey(path) : missingKey(path);
    }
    if (issue.type === 'picklist' && typeof issue.input === 'string') {
        return {
            code: 'RB107',
            message: `${printPath(path)}: ${printValue(issue.input)} is not accepted: ${String(key)} is ${printChoices(issue.expected ?? '')}`,
            path,
            part: 'value',
        };
    }
    return {
        code: 'RB106',
        message: `${printPath(path)} is ${printValue(issue.input)}, but must be ${expectation(issue)}`,
        path,
        part: 'value',
    };
}

function unknownKey(path: ConfigPath): Problem {
    const parent = path.slice(0, -1);
    const key = String(path.at(-1));
    const reason = parent.at(-1) === 'mapOptions' ? refusedMapOptions[key] : undefined;
    if (reason !== undefined) {
        const message = `${printPath(path)} is not accepted: ${reason}`;
        return { code: 'RB107', message, path, part: 'key' };
    }
    const known = knownKeys(parent);
    const nearest = suggest(key, known);
    return {
        code: 'RB104',
        message: `${JSON.stringify(key)} is not a key of ${printPath(parent)}`,
        hint:
            nearest === undefined
                ? `the keys are ${known.join(', ')}`
                : `did you mean ${JSON.stringify(nearest)}?`,
        path,
        part: 'key',
    };
}

function missingKey(path: ConfigPath): Problem {
    const parent = path.slice(0, -1);
    return {
        code: 'RB105',
        message: `${printPath(parent)} has no ${JSON.stringify(path.at(-1))}`,
        path: parent,
        part: 'value',
    };
}

/** valibot says `("a" | "b")`. */
function printChoices(expected: string): string {
    const choices = expected.replaceAll(/^\(|\)$/g, '').split(' | ');
    return choices.length > 3 ? `one of ${choices.join(', ')}` : choices.join(' or ');
}

const nouns: Readonly<Record<string, string>> = {
    string: 'a string',
    array: 'an array',
    picklist: 'a string',
    function: 'a function',
    custom: 'an object',
};

/** What the schema says of it, or else a word for its type. */
function expectation(issue: v.BaseIssue<unknown>): string {
    if (!issue.message.startsWith('Invalid ')) {
        return issue.message;
    }
    return nouns[issue.type] ?? String(issue.expected);
}

/** A value as the configuration would write it, cut to what fits a line. */
function printValue(value: unknown): string {
    if (Array.isArray(value)) {
        return 'an array';
    }
    if (typeof value === 'function') {
        return 'a function';
    }
    if (typeof value === 'object' && value !== null) {
        return 'an object';
    }
    const text = typeof value === 'string' ? JSON.stringify(value) : String(value);
    return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
