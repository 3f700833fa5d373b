import type { Condition, Statement, Variable } from '../sh/ast.ts';

/**
 * A fact of a host: known when the files are written, or handed over at boot. The same step prints
 * a literal in the first case and a checked variable in the second.
 */
export type Setting<T> = T | HandedOver<T>;

/** A fact that arrives at boot: on the kernel command line, or in the host archive. */
export interface HandedOver<T> {
    readonly kind: 'handed-over';
    readonly parameter: Parameter<T>;
    /** Some hosts do without: the value is empty then. Absent: each host has to have it. */
    readonly optional?: true;
}

/** What a fact is called at boot, and what it has to look like before its first use. */
export interface Parameter<T> {
    /** `mac` is `rbdboot.mac=VALUE` on the kernel command line. */
    readonly name: string;
    /** Completes "rbdboot.mac … is not". */
    readonly form: string;
    /** Whether the text in the variable has that form; it came over the network. */
    readonly matches: (text: Variable) => Condition;
    /** The form of a known value, as it is handed over. */
    readonly print: (value: T) => string;
    /** Where it may also come from, or in which other forms. Absent: as `rbdboot.NAME`, as it is. */
    readonly find?: (target: Variable) => readonly Statement[];
}

/** Has a step take the value that is handed over at boot. */
export function handedOver<T>(parameter: Parameter<T>): HandedOver<T> {
    return Object.freeze({ kind: 'handed-over', parameter });
}

/** Has a step take the value if one is handed over at boot. */
export function handedOverIfAny<T>(parameter: Parameter<T>): HandedOver<T> {
    return Object.freeze({ kind: 'handed-over', parameter, optional: true });
}

export function isHandedOver<T>(setting: Setting<T>): setting is HandedOver<T> {
    return (
        typeof setting === 'object' &&
        setting !== null &&
        'kind' in setting &&
        setting.kind === 'handed-over'
    );
}
