import { type Code, catalogue } from '../../diagnostics/catalogue.ts';
import { type Diagnostic, failure, type Outcome, success } from '../../diagnostics/diagnostic.ts';
import { explanations } from '../../diagnostics/explanations.ts';
import { suggest } from '../../diagnostics/suggest.ts';
import { explainLine } from '../explain-line.ts';
import { explainStep, stepNames } from '../explain-step.ts';
import { type ExitCode, finish, type Result } from '../output.ts';

export interface ExplainOptions {
    readonly json: boolean;
}

/** `rbdboot explain`: says what a code, a step, or a line of an emitted script stands for. */
export async function explain(asked: string, { json }: ExplainOptions): Promise<ExitCode> {
    return finish(answer(asked), json);
}

function answer(asked: string): Outcome<Result> {
    // A line that was copied from a console has both, and the code says more.
    const code = /\b(RB\d{3})\b/i.exec(asked)?.[1]?.toUpperCase() ?? '';
    const step = /^(?:rbdboot\[)?([a-z]+(?:-[a-z]+)+)(?:\].*)?$/.exec(asked)?.[1] ?? '';
    const place = /^(.+):(\d+)(?::\d+)?$/.exec(asked);
    if (isCode(code)) {
        return success(explainCode(code));
    }
    const foreign = /^(SC|TS)\d+$/i.exec(asked)?.[0].toUpperCase();
    if (foreign !== undefined) {
        const what = foreign.startsWith('SC')
            ? `a finding of shellcheck, explained at https://www.shellcheck.net/wiki/${foreign}`
            : 'a message of the TypeScript compiler on the configuration';
        return success({ text: `${foreign}: ${what}\n`, json: { code: foreign } });
    }
    if (stepNames.includes(step)) {
        return success(explainStep(step));
    }
    return place?.[1] === undefined
        ? failure(unknown(asked))
        : explainLine(place[1], Number(place[2]));
}

function isCode(text: string): text is Code {
    return Object.hasOwn(catalogue, text);
}

function explainCode(code: Code): Result {
    const title = catalogue[code];
    const { why, cure } = explanations[code];
    return {
        text: `${code}: ${title}\n\n  why    ${why}\n  to do  ${cure}\n`,
        json: { code, title, why, cure },
    };
}

function unknown(asked: string): Diagnostic {
    const nearest = suggest(asked, [...Object.keys(catalogue), ...stepNames]);
    return {
        code: 'RB111',
        severity: 'error',
        message: `there is nothing to explain under ${JSON.stringify(asked)}`,
        hint:
            nearest === undefined
                ? `name a code as RB204, a step (${stepNames.join(', ')}), or a line as local-top/rbdboot:120`
                : `did you mean "${nearest}"?`,
    };
}
