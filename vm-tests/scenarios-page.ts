import type { PlannedScenario } from './manifest.ts';
import type { Outcome } from './scenario-plan.ts';

const groups = [
    ['H', 'Machines that come up'],
    ['F', 'Faults, and machines that do not come up'],
    ['S', 'What an attacker would like'],
    ['L', 'The lab itself'],
] as const;

/** The page of the documentation that lists all scenarios. */
export function scenariosPage(scenarios: readonly PlannedScenario[]): string {
    const change = scenarios.filter(({ tier }) => tier === 'change').length;
    return [
        '# Boot scenarios',
        '',
        'Generated from the scenarios themselves by `make reference`; change them there.',
        '',
        `There are ${scenarios.length}: ${change} run with each change (\`make vm-test TIER=change\`), all of them in the night`,
        '(`make vm-test`). `make vm-test ONLY=F16` runs one of them, with its variants.',
        '',
        ...groups.flatMap(([letter, title]) => [
            `## ${title}`,
            '',
            '| id | what must be so | outcome | tier |',
            '| --- | --- | --- | --- |',
            ...scenarios.filter(({ id }) => id.startsWith(letter)).map(row),
            '',
        ]),
    ].join('\n');
}

function row({ file, id, outcome, tier, title }: PlannedScenario): string {
    const link = `[${id}](../../${file})`;
    return `| ${link} | ${title.replaceAll('|', '\\|')} | ${words(outcome)} | ${tier} |`;
}

function words(outcome: Outcome): string {
    if (outcome === 'up') {
        return 'up';
    }
    if ('code' in outcome) {
        return `${outcome.code} within ${outcome.within} s`;
    }
    if ('verdict' in outcome) {
        return `called ${outcome.verdict} within ${outcome.within} s`;
    }
    return 'shows' in outcome ? `${outcome.shows}, within ${outcome.within} s` : outcome.proves;
}
