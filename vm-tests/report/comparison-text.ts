import type { Comparison, Failure } from './compare.ts';

/** A comparison as Markdown, for the page of a CI job, an issue, or a terminal. */
export function comparisonText(comparison: Comparison): string {
    const { against, at, broken, commit, failed, flaky, mended, passed } = comparison;
    const { overBudget, quarantined, slower, stillBroken } = comparison;
    const compared =
        against === undefined
            ? 'There is no run before it to compare with.'
            : `Compared with ${code(against.commit)} of ${date(against.at)}.`;
    const parts = [
        `# ${headline(comparison)}`,
        `${passed} passed, ${failed} failed at ${code(commit)}, ${date(at)}. ${compared}`,
        section('New failures', broken.map(describeFailure), '\n\n'),
        section('Still failing', stillBroken.map(describeFailure), '\n\n'),
        section(
            'Failed in quarantine',
            quarantined.map(
                ({ id, quarantined: tracker = '', title }) => `- ${named(id, title)}: ${tracker}`,
            ),
        ),
        section(
            'Mended',
            mended.map(({ id, title }) => `- ${named(id, title)}`),
        ),
        section(
            'Flaky: passed and failed with one commit',
            flaky.map(
                ({ failures, id, runs, title }) =>
                    `- ${named(id, title)}: ${failures} of the last ${runs} runs failed`,
            ),
        ),
        section(
            'Phases that take more than 20 % longer than in the last 20 runs',
            slower.length === 0
                ? []
                : [
                      '| phase | before | now | longer | scenarios |',
                      '| --- | --: | --: | --: | --: |',
                      ...slower.map(
                          ({ before, now, phase, ratio, scenarios }) =>
                              `| ${plain(phase)} | ${before.toFixed(1)} s | ${now.toFixed(1)} s | ${Math.round((ratio - 1) * 100)} % | ${scenarios} |`,
                      ),
                  ],
        ),
        section(
            'Over their budgets',
            overBudget.map(
                ({ boots = 0, budget = 0, id, title }) =>
                    `- ${named(id, title)}: ${boots.toFixed(1)} s of boots, budget ${budget.toFixed(0)} s`,
            ),
        ),
    ];
    return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** What changed, in a line: a heading, or the title of an issue. */
export function headline({ broken, failed, mended, slower }: Comparison): string {
    const changes = [
        count(broken.length, 'new failure', 'new failures'),
        mended.length === 0 ? '' : `${mended.length} mended`,
        count(slower.length, 'slower phase', 'slower phases'),
    ].filter((change) => change !== '');
    if (changes.length > 0) {
        return `Boot scenarios: ${changes.join(', ')}`;
    }
    return failed === 0
        ? 'Boot scenarios: all pass'
        : `Boot scenarios: nothing new, ${failed} still failing`;
}

function describeFailure(failure: Failure): string {
    const { bundle, class: kind = 'harness', firstBad, id, key, lastGood, message } = failure;
    const { phase, title } = failure;
    const blame = [
        ...(firstBad === undefined ? [] : [`first bad ${code(firstBad)}`]),
        lastGood === undefined ? 'never passed in this history' : `last good ${code(lastGood)}`,
    ];
    return [
        `### ${named(id, title)}`,
        '',
        `- class **${kind}**${phase === undefined ? '' : `, in ${code(phase)}`}`,
        ...(message === undefined ? [] : [`- ${code(message)}`]),
        `- ${blame.join(', ')}`,
        ...(bundle === undefined
            ? []
            : [`- all that is known of it: ${code(`${bundle}/summary.md`)}`]),
        `- again: ${code(`make vm-test ONLY=${id}`)}`,
        `- key ${key}`,
    ].join('\n');
}

function section(title: string, lines: readonly string[], between = '\n'): string {
    return lines.length === 0 ? '' : `## ${title}\n\n${lines.join(between)}`;
}

function named(id: string, title: string): string {
    return `${id} ${plain(title)}`;
}

/** Text of a machine as code: nothing in it may end the span, or notify somebody. */
export function code(text: string): string {
    return `\`${text.replaceAll('`', "'").replaceAll('\n', ' ')}\``;
}

function plain(text: string): string {
    return text.replace(/[\\`*_{}[\]<>#|@]/g, '\\$&');
}

function date(at: string): string {
    return `${at.slice(0, 16).replace('T', ' ')} UTC`;
}

function count(number: number, one: string, many: string): string {
    return number === 0 ? '' : `${number} ${number === 1 ? one : many}`;
}
