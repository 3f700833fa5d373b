import type { ConfigPath } from '../diagnostics/diagnostic.ts';
import type { Parsed } from '../model/parsed.ts';
import { type Problem, printPath } from './problem.ts';

/** The accepted value; or else notes the reason of the refusal, for the value at `path`. */
export function take<Given extends string | number | boolean, T>(
    problems: Problem[],
    path: ConfigPath,
    given: Given,
    parse: (given: Given) => Parsed<T>,
    part: Problem['part'] = 'value',
): T | undefined {
    const parsed = parse(given);
    if (parsed.ok) {
        return parsed.value;
    }
    const what = part === 'key' ? 'the name' : `${printPath(path)}:`;
    const message = `${what} ${JSON.stringify(given)} is not accepted: ${parsed.reason}`;
    problems.push({ code: 'RB107', message, path, part });
    return undefined;
}

/** The same for each entry of a list; an absent list has none. */
export function takeAll<T>(
    problems: Problem[],
    path: ConfigPath,
    texts: readonly string[] | undefined,
    parse: (text: string) => Parsed<T>,
): readonly T[] {
    return (texts ?? [])
        .map((text, index) => take(problems, [...path, index], text, parse))
        .filter((value) => value !== undefined);
}

/** A value that is refused for itself, without being repeated. */
export function refusal(path: ConfigPath, reason: string): Problem {
    return {
        code: 'RB107',
        message: `${printPath(path)} is not accepted: ${reason}`,
        path,
        part: 'value',
    };
}
