import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Diagnostic, failure, type Outcome, success } from '../diagnostics/diagnostic.ts';
import type { Site } from '../model/site.ts';
import type { ConfigurationSource } from '../typescript/configuration-source.ts';
import { checkShape } from './check-shape.ts';
import { findOwnEntry } from './own-entry.ts';
import { parseSite } from './parse.ts';
import { locateProblem, type Problem } from './problem.ts';

/** The configuration that is meant when none is named, in the working directory. */
export const defaultConfigurationName = 'boot.config.ts';

/**
 * Reads a configuration file: checks it with the TypeScript compiler, runs it, and checks what it
 * exports. Each stage says everything that it finds and, if that is anything, is the last.
 *
 * @param file path of the configuration; it may lie anywhere and needs no project around it.
 * @param text in place of what the file holds: for a change that is not written yet.
 * @returns a frozen {@link Site}, or diagnostics that name file, line and column.
 */
export async function loadSite(file: string, text?: string): Promise<Outcome<Site>> {
    const path = resolve(file);
    const unreadable = tryToRead(path, file);
    if (unreadable !== undefined) {
        return failure(unreadable);
    }
    const entry = findOwnEntry();
    // The compiler and jiti are half a second of loading, which other commands do not pay.
    const { openConfigurationSource } = await import('../typescript/configuration-source.ts');
    const source = openConfigurationSource(path, entry.types, text);
    const fromCompiler = source.check();
    if (fromCompiler.length > 0) {
        return failure(...fromCompiler);
    }
    const { runConfiguration } = await import('./run.ts');
    const run = await runConfiguration(path, entry, text);
    if (!run.ok) {
        return run;
    }
    if (typeof run.value !== 'object' || run.value === null) {
        return failure(noConfiguration(run.value, source));
    }
    const shape = checkShape(run.value);
    if (!shape.ok) {
        return failure(...locateAll(shape.problems, source));
    }
    const parsed = parseSite(shape.spec, path);
    return parsed.ok ? success(parsed.site) : failure(...locateAll(parsed.problems, source));
}

function tryToRead(path: string, asWritten: string): Diagnostic | undefined {
    const refuse = (reason: string, hint: string): Diagnostic => ({
        code: 'RB101',
        severity: 'error',
        message: `cannot read the configuration ${asWritten}: ${reason}`,
        hint,
    });
    try {
        readFileSync(path);
    } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        return code === 'ENOENT'
            ? refuse('there is no such file', 'name the file with --config FILE')
            : refuse(
                  code === 'EISDIR' ? 'it is a directory' : String(code),
                  'name a file that you may read',
              );
    }
    return /\.[cm]?[jt]s$/.test(path)
        ? undefined
        : refuse(
              'its name does not end in .ts',
              `call it ${defaultConfigurationName}, for instance`,
          );
}

function noConfiguration(exported: unknown, source: ConfigurationSource): Diagnostic {
    const what =
        exported === undefined
            ? 'the file has no default export'
            : `the default export is ${exported === null ? 'null' : `a ${typeof exported}`}`;
    return {
        code: 'RB102',
        severity: 'error',
        message: `${what}, so there is no configuration in it`,
        hint: 'write "export default defineBoot({ … });"',
        location: source.locate([], 'value'),
    };
}

/** In the order of the file, as the compiler's own messages are. */
function locateAll(
    problems: readonly Problem[],
    source: ConfigurationSource,
): readonly Diagnostic[] {
    return problems
        .map((problem) => locateProblem(problem, source.locate))
        .sort((a, b) => order(a) - order(b));
}

function order({ location }: Diagnostic): number {
    return location === undefined ? 0 : location.line * 10_000 + location.column;
}
