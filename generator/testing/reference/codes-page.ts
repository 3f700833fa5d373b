import { type Code, catalogue } from '../../diagnostics/catalogue.ts';
import { explanations } from '../../diagnostics/explanations.ts';
import { pageHead } from './markdown.ts';

const groups = [
    ['RB1', 'The configuration'],
    ['RB2', 'At boot, on the console'],
    ['RB3', 'The machine that runs rbdboot, and the root that it writes into'],
] as const;

export function codesPage(): string {
    const codes = Object.keys(catalogue) as readonly Code[];
    const sections = groups.map(([prefix, title]) => {
        const entries = codes.filter((code) => code.startsWith(prefix)).map(describe);
        return `\n## ${title}\n${entries.join('')}`;
    });
    const head = pageHead('Codes', 'generator/diagnostics');
    return `${head}\nEvery message has a code, and \`rbdboot explain RB204\` prints what stands here. Codes that begin with\nTS are the TypeScript compiler's, those with SC are shellcheck's.\n${sections.join('')}`;
}

function describe(code: Code): string {
    const { why, cure } = explanations[code];
    return `\n### ${code}: ${catalogue[code]}\n\n${why}\n\n**To do:** ${cure}\n`;
}
