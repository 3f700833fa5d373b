import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Diagnostic, failure, type Outcome, success } from '../diagnostics/diagnostic.ts';
import { defaultState } from '../emit/workspace.ts';
import type { Result } from './output.ts';
import { readSourceMap, sourceMapName } from './source-map.ts';

/** Goes from a line of an emitted script to its step and to the lines of the configuration. */
export function explainLine(file: string, line: number): Outcome<Result> {
    const found = findMap(resolve(file));
    if (found === undefined || !existsSync(found.map)) {
        return failure(noMap(file, found?.map));
    }
    const { spans } = readSourceMap(readFileSync(found.map, 'utf8'));
    const ofFile = spans.filter(({ path }) => path === found.script);
    const span = ofFile.find(({ firstLine, lastLine }) => firstLine <= line && line <= lastLine);
    if (span === undefined) {
        const lines = ofFile.map(
            ({ step, firstLine, lastLine }) => `${step} ${firstLine}-${lastLine}`,
        );
        const text = `${file}:${line} belongs to no step, but to what they share (${lines.join(', ')})\n`;
        return success({ text, json: { file, line } });
    }
    const from = span.from.map(
        ({ what, file: source, line: row, column }) =>
            `  from   ${what}, ${source}:${row}:${column}\n`,
    );
    return success({
        text: `${file}:${line} belongs to step ${span.step} (lines ${span.firstLine}-${span.lastLine})\n${from.join('')}`,
        json: { file, line, ...span },
    });
}

/** An installed script lies in a root, which has the map; a generated one has it beside itself. */
function findMap(file: string): { readonly map: string; readonly script: string } | undefined {
    const installed = /^(.*\/)(etc\/initramfs-tools\/scripts\/.+)$/.exec(file);
    if (installed?.[1] !== undefined && installed[2] !== undefined) {
        return { map: join(installed[1], defaultState, sourceMapName), script: installed[2] };
    }
    const generated = /^(.*\/scripts\/initramfs-tools\/)(.+)$/.exec(file);
    return generated?.[1] === undefined
        ? undefined
        : {
              map: join(generated[1], sourceMapName),
              script: `etc/initramfs-tools/scripts/${generated[2]}`,
          };
}

function noMap(file: string, map: string | undefined): Diagnostic {
    return {
        code: 'RB112',
        severity: 'error',
        message: `${file} is no boot script that rbdboot can trace${map === undefined ? '' : `: there is no ${map}`}`,
        hint: 'name a script in a root as "rbdboot install" wrote it, or one that "rbdboot generate" wrote',
    };
}
