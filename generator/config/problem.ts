import type { Code } from '../diagnostics/catalogue.ts';
import type { ConfigPath, Diagnostic, Location } from '../diagnostics/diagnostic.ts';

/** Something wrong with the value at a path of the configuration, before its line is known. */
export interface Problem {
    readonly code: Code;
    readonly message: string;
    readonly hint?: string;
    readonly path: ConfigPath;
    /** Whether the key itself is wrong (an unknown key, a bad host name) or what stands behind it. */
    readonly part: 'key' | 'value';
}

export function locateProblem(
    problem: Problem,
    locate: (path: ConfigPath, part: Problem['part']) => Location,
): Diagnostic {
    const { code, message, hint, path, part } = problem;
    return {
        code,
        severity: 'error',
        message,
        ...(hint === undefined ? {} : { hint }),
        location: locate(path, part),
        path,
    };
}

/** `hosts.desk1.nicModules[0]`, and `hosts["desk 1"]` where a key is no identifier. */
export function printPath(path: ConfigPath): string {
    const text = path
        .map((key) => {
            if (typeof key === 'number') {
                return `[${key}]`;
            }
            return /^[A-Za-z_$][\w$]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
        })
        .join('');
    return text === '' ? 'the configuration' : text.replace(/^\./, '');
}
