import type { ScenarioRecord } from './record.ts';

export interface JunitContent {
    /** In the order in which they began. */
    readonly records: readonly ScenarioRecord[];
    /** Those that were to run and have no record: they are errors. */
    readonly missing: readonly { readonly id: string; readonly title: string }[];
    readonly commit: string;
    /** ISO 8601, of the end of the run. */
    readonly at: string;
}

/**
 * A run as JUnit's XML, for the pages of Jenkins, GitLab and GitHub's readers. There is no schema that
 * all of them go by; elements and their order are those of the one that Jenkins' plugin xunit has
 * (junit-10.xsd), with `properties` of a case first in it. A bundle is named as `[[ATTACHMENT|PATH]]`
 * on a line of `system-out`, which GitLab takes relative to the project and Jenkins' plugin
 * junit-attachments relative to the workspace.
 */
export function junitXml({ at, commit, missing, records }: JunitContent): string {
    const excused = records.filter(({ quarantined }) => quarantined !== undefined).length;
    const failures = records.filter(({ outcome }) => outcome === 'failed').length - excused;
    const tests = records.length + missing.length;
    const seconds = records.reduce((sum, record) => sum + record.seconds, 0);
    const totals = attributes({
        tests,
        failures,
        errors: missing.length,
        skipped: excused,
        time: seconds.toFixed(3),
    });
    const suite = attributes({
        name: 'boot scenarios',
        timestamp: withoutZone(records[0]?.startedAt ?? at),
    });
    return [
        '<?xml version="1.0" encoding="UTF-8"?>',
        `<testsuites${attributes({ name: 'rbdboot' })}${totals}>`,
        `<testsuite${suite}${totals}>`,
        properties([['commit', commit]]),
        ...records.map(testCase),
        ...missing.map(notRun),
        '</testsuite>',
        '</testsuites>',
        '',
    ].join('\n');
}

function testCase(record: ScenarioRecord): string {
    const {
        bundle,
        class: kind,
        firmware,
        id,
        lane,
        message,
        outcome,
        quarantined,
        seconds,
        seed,
        tier,
    } = record;
    const known: readonly (readonly [string, string | undefined])[] = [
        ['id', id],
        ['class', kind],
        ['tier', tier],
        ['lane', lane],
        ['firmware', firmware],
        ['seed', seed],
        ...(record.measured ?? []),
    ];
    const given = known.flatMap(([name, value]) =>
        value === undefined ? [] : [[name, value] as const],
    );
    const attached = bundle === undefined ? '' : `[[ATTACHMENT|${bundle}/summary.md]]`;
    return [
        `<testcase${attributes({ ...identity(record), time: seconds.toFixed(3) })}>`,
        ...(given.length === 0 ? [] : [properties(given)]),
        ...(quarantined === undefined
            ? []
            : [
                  `<skipped${attributes({ message: `it failed, in quarantine: ${quarantined.tracker}` })}></skipped>`,
              ]),
        ...(outcome === 'passed' || quarantined !== undefined
            ? []
            : [
                  `<failure${attributes({ message: message?.split('\n')[0] ?? 'failed', type: kind ?? 'harness' })}>${escapeXml(message ?? '')}</failure>`,
              ]),
        ...(attached === '' ? [] : [`<system-out>${escapeXml(attached)}</system-out>`]),
        '</testcase>',
    ].join('\n');
}

function notRun(planned: { readonly id: string; readonly title: string }): string {
    const said = attributes({ message: 'it was planned and did not run', type: 'harness' });
    return `<testcase${attributes({ ...identity(planned), time: '0.000' })}>\n<error${said}></error>\n</testcase>`;
}

/** Readers know a case again by class name and name together. */
function identity(one: { readonly id: string; readonly title: string }) {
    return { classname: 'rbdboot.scenarios', name: `${one.id}: ${one.title}` };
}

function properties(values: readonly (readonly [string, string])[]): string {
    const all = values.map(([name, value]) => `<property${attributes({ name, value })}/>`);
    return `<properties>${all.join('')}</properties>`;
}

function attributes(values: Readonly<Record<string, string | number>>): string {
    return Object.entries(values)
        .map(([name, value]) => ` ${name}="${escapeXml(String(value)).replaceAll('\n', '&#10;')}"`)
        .join('');
}

/** XML 1.0 has no way to write most control characters, so a console's are shown as U+FFFD. */
function escapeXml(text: string): string {
    return text
        .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
        .replaceAll('&', '&amp;')
        .replaceAll('<', '&lt;')
        .replaceAll('>', '&gt;')
        .replaceAll('"', '&quot;');
}

/** `xs:dateTime` of that schema has no zone; the time is UTC. */
function withoutZone(at: string): string {
    return at.replace(/(?:\.\d+)?Z$/, '');
}
