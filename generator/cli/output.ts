import { readFileSync } from 'node:fs';
import type { Diagnostic, Outcome } from '../diagnostics/diagnostic.ts';
import { renderDiagnostics, wantsColour } from '../diagnostics/render.ts';

/**
 * 0: fine. 1: the configuration or the machine is wrong. 2: bad usage, or a fault of rbdboot. 3: this
 * machine cannot find out, of `vm-test` alone.
 */
export type ExitCode = 0 | 1 | 2 | 3;

/** What a command has to show for its work, in the two forms in which it can be asked for. */
export interface Result {
    /** For a person: complete lines. */
    readonly text: string;
    /** For a program: one JSON document, with `ok: true` added to it. */
    readonly json: Readonly<Record<string, unknown>>;
    /** Beside the result, for a person: goes to the standard error output. */
    readonly notes?: readonly string[];
    /** What will not stop anything here, but may trouble the machine. */
    readonly warnings?: readonly Diagnostic[];
}

/** Ends a command: the result to the standard output, what is wrong to the standard error output. */
export function finish(outcome: Outcome<Result>, json: boolean): ExitCode {
    if (!outcome.ok) {
        if (json) {
            printJson({ ok: false, diagnostics: outcome.diagnostics });
        } else {
            process.stderr.write(render(outcome.diagnostics));
        }
        return 1;
    }
    const { text, notes = [], warnings = [] } = outcome.value;
    if (json) {
        const warned = warnings.length > 0 ? { warnings } : {};
        printJson({ ok: true, ...outcome.value.json, ...warned });
    } else {
        process.stderr.write(render(warnings));
        process.stderr.write(notes.map((note) => `${note}\n`).join(''));
        process.stdout.write(text);
    }
    return 0;
}

function render(diagnostics: readonly Diagnostic[]): string {
    return renderDiagnostics(diagnostics, {
        colour: wantsColour(process.stderr, process.env),
        directory: process.cwd(),
        readSource: (file) => {
            try {
                return readFileSync(file, 'utf8');
            } catch {
                return undefined;
            }
        },
    });
}

function printJson(document: unknown): void {
    process.stdout.write(`${JSON.stringify(document, null, 4)}\n`);
}
