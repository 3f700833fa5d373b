import { type Code, catalogue } from '../../diagnostics/catalogue.ts';
import type { ExitCode } from '../output.ts';

/** `rbdboot explain`: says what a code stands for. */
export async function explain(asked: string): Promise<ExitCode> {
    const code = asked.toUpperCase();
    if (/^TS\d+$/.test(code)) {
        process.stdout.write(
            `${code}: a message of the TypeScript compiler on the configuration\n`,
        );
        return 0;
    }
    if (isCode(code)) {
        process.stdout.write(`${code}: ${catalogue[code]}\n`);
        return 0;
    }
    process.stderr.write(
        `error: there is no code ${JSON.stringify(asked)}: a code looks like RB204, and stands in the message\n`,
    );
    return 2;
}

function isCode(text: string): text is Code {
    return Object.hasOwn(catalogue, text);
}
