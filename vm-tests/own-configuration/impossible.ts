import type { ConfigPath, Diagnostic, Location } from '../../generator/diagnostics/diagnostic.ts';

/** Something of a host that cannot be tried in the lab, before its line is known. */
export interface Impossible {
    /** From the host on: `['rootFlags', 0]`. */
    readonly path: ConfigPath;
    /** What stands there. */
    readonly value: string;
    readonly message: string;
    readonly hint: string;
}

/** As a diagnostic with file, line and column. */
export function locateImpossible(
    { hint, message, path, value }: Impossible,
    host: string,
    locate: (path: ConfigPath, part: 'key' | 'value') => Location,
): Diagnostic {
    const whole = ['hosts', host, ...path];
    return {
        code: 'RB321',
        severity: 'error',
        message: `the lab cannot make what ${host} needs for ${value}: ${message}`,
        hint,
        path: whole,
        location: locate(whole, 'value'),
    };
}
