import { hostKeys, settingKind } from '../../config/setting-kind.ts';
import { type Diagnostic, failure, type Outcome, success } from '../../diagnostics/diagnostic.ts';
import { suggest } from '../../diagnostics/suggest.ts';
import { refusedMapOptions } from '../../model/map-options.ts';
import type { Literal } from '../../typescript/literal.ts';
import { type ChangeOptions, changeHost, ofKnownHost } from '../host-change.ts';
import type { ExitCode } from '../output.ts';

export interface Setting {
    readonly name: string;
    /** A key of a host; one of a table in it behind a dot: `mapOptions.ms_mode`. */
    readonly key: string;
    readonly value: string;
}

/** `rbdboot host set`: writes one value of a host into a configuration. */
export async function hostSet(setting: Setting, options: ChangeOptions): Promise<ExitCode> {
    const { name, key } = setting;
    return changeHost(options, (site) =>
        ofKnownHost(site, name, () => {
            const value = readValue(setting);
            const [first = '', ...rest] = key.split('.');
            return value.ok
                ? success({
                      change: { kind: 'set', name, path: [first, ...rest], value: value.value },
                      done: `set ${key} of ${name} in`,
                  })
                : value;
        }),
    );
}

function readValue({ key, value }: Setting): Outcome<Literal> {
    const path = key.split('.');
    switch (settingKind(path)) {
        case 'text':
            return success(value);
        case 'words':
            return success(value.split(/\s+/).filter((word) => word !== ''));
        case 'number':
            return /^\d+$/.test(value)
                ? success(Number(value))
                : refuse(key, value, 'it is a whole number');
        case 'flag':
            return value === 'true' || value === 'false'
                ? success(value === 'true')
                : refuse(key, value, 'it is true or false');
        case 'table':
            return refuse(key, value, `name one key of it: ${key}.${hostKeys(path)[0]}`);
        case 'function':
            return refuse(key, value, 'it is a function: write it into the configuration by hand');
        case undefined:
            return failure(unknownKey(path));
    }
}

function refuse(key: string, value: string, reason: string): Outcome<never> {
    return failure({
        code: 'RB107',
        severity: 'error',
        message: `${key}: ${JSON.stringify(value)} is not accepted: ${reason}`,
    });
}

function unknownKey(path: readonly string[]): Diagnostic {
    const key = path.at(-1) ?? '';
    const parent = path.slice(0, -1);
    const known = hostKeys(parent);
    const reason = parent.at(-1) === 'mapOptions' ? refusedMapOptions[key] : undefined;
    const nearest = suggest(key, known);
    return {
        code: 'RB104',
        severity: 'error',
        message: `${JSON.stringify(path.join('.'))} is not a key of a host`,
        hint:
            reason ??
            (nearest === undefined
                ? `the keys are ${known.join(', ')}`
                : `did you mean "${[...parent, nearest].join('.')}"?`),
    };
}
