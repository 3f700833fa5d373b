import type { ConfigPath } from '../diagnostics/diagnostic.ts';
import type { Overlay } from '../model/overlay.ts';
import { parsePartition, parseRootTag, type RootLocation } from '../model/root-location.ts';
import { parseSize } from '../model/size.ts';
import type { Problem } from './problem.ts';
import type { CheckedSpec } from './schema.ts';
import { take } from './take.ts';

type CheckedHost = CheckedSpec['hosts'][string];

/** Reads what a host says of an overlay over its root. */
export function parseOverlay(
    spec: CheckedHost['overlay'],
    path: ConfigPath,
    problems: Problem[],
): Overlay | false | undefined {
    if (typeof spec !== 'object') {
        return spec === true ? {} : spec;
    }
    const size = take(problems, [...path, 'size'], spec.size, parseSize);
    return size === undefined ? {} : { size };
}

/** Reads where on its image a host has its root: by number or by what it is called, not by both. */
export function parseRootLocation(
    { partition, root }: CheckedHost,
    at: (...rest: ConfigPath) => ConfigPath,
    problems: Problem[],
): RootLocation | undefined {
    if (partition !== undefined && root !== undefined) {
        problems.push({
            code: 'RB131',
            message: `the root is partition ${partition}, and it is also to be looked for by ${root}`,
            hint: 'leave one of "partition" and "root" out',
            path: at('root'),
            part: 'value',
        });
    }
    if (root !== undefined) {
        return take(problems, at('root'), root, parseRootTag);
    }
    return partition === undefined
        ? undefined
        : take(problems, at('partition'), partition, parsePartition);
}
