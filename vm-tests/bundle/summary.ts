import { printFaults, toldFaults } from '../faults/told.ts';
import type { Machine } from '../qemu/machine.ts';
import type { FailureClass } from '../report/failure-class.ts';
import { printTimeline, timelineOf } from '../timeline.ts';
import { firstBadLine } from './first-bad-line.ts';

/** What a summary tells. */
export interface SummaryContent {
    readonly title: string;
    readonly failureClass: FailureClass;
    readonly message: string;
    /** The command that does the same again. */
    readonly repeat: string;
    readonly machines: readonly Pick<Machine, 'journal' | 'name' | 'poweredOn'>[];
    /** Of each machine, what it asked on the network and nobody answered; empty for nothing. */
    readonly inVain: readonly string[];
    /** Files of the bundle, by relative path. */
    readonly files: readonly string[];
}

/** Where to begin: the class first, then the line to look at, then how far the machines had come. */
export function printSummary(content: SummaryContent): string {
    const { failureClass, files, inVain, machines, message, repeat, title } = content;
    const bad = machines.flatMap(({ journal, name, poweredOn }) => {
        const line = firstBadLine(journal.all());
        return line === undefined
            ? []
            : [`${name}, ${((line.at - poweredOn) / 1000).toFixed(3)} s: ${line.text}`];
    });
    return [
        `# ${failureClass}: ${title}`,
        fenced(message),
        ...(bad.length === 0 ? [] : ['The first bad line:', fenced(bad.join('\n'))]),
        `To repeat it: \`${repeat}\``,
        ...machines.map((machine, index) => describeMachine(machine, inVain[index] ?? '')),
        'What there is besides:',
        files.map((file) => `- [${file}](${file})`).join('\n'),
        '',
    ].join('\n\n');
}

function describeMachine(
    { journal, name, poweredOn }: Pick<Machine, 'journal' | 'name' | 'poweredOn'>,
    inVain: string,
): string {
    const seen = journal.all();
    const end = seen
        .filter(({ source }) => source === 'console')
        .slice(-20)
        .map(({ text }) => text);
    const told = printFaults(toldFaults(seen, poweredOn));
    return [
        `## ${name}`,
        fenced(printTimeline(timelineOf(seen, poweredOn))),
        ...(told === '' ? [] : ['What was done to it:', fenced(told)]),
        ...(inVain === '' ? [] : ['Asked on the network in vain:', fenced(inVain)]),
        'The console at the end:',
        fenced(end.join('\n')),
    ].join('\n\n');
}

/** What a machine prints may have a fence in it, so ours is longer. */
function fenced(text: string): string {
    const longest = Math.max(2, ...(text.match(/`{3,}/g) ?? []).map((run) => run.length));
    const fence = '`'.repeat(longest + 1);
    return `${fence}\n${text}\n${fence}`;
}
