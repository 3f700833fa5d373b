import { describe, expect, it } from 'vitest';
import { junitXml } from './junit.ts';
import type { ScenarioRecord } from './record.ts';
import { type Element, readXml } from './testing/read-xml.ts';

const passed: ScenarioRecord = {
    id: 'H01',
    title: 'a machine boots',
    outcome: 'passed',
    tier: 'change',
    firmware: 'uefi',
    lane: 'network',
    startedAt: '2026-01-02T03:04:05.678Z',
    seconds: 21.5,
    machines: [],
};
const failed: ScenarioRecord = {
    id: 'F16',
    tier: 'night',
    title: 'a "wrong" key & <others>',
    outcome: 'failed',
    class: 'auth',
    seed: '1a2b',
    message: 'waiting for root: \u001b[31mRB204\u0000\nsecond ]]> line \ud800',
    bundle: 'build/bundles/F16',
    startedAt: '2026-01-02T03:05:05.000Z',
    seconds: 60,
    machines: [],
};

const document = junitXml({
    records: [passed, failed],
    missing: [{ id: 'F17', title: 'caps that are too small' }],
    commit: '5d6e7f8',
    at: '2026-01-02T04:00:00.000Z',
});
const root = readXml(document);
const suite = root.children[0] ?? root;
const [first, second, third] = suite.children.filter(({ name }) => name === 'testcase');

/**
 * What readers of these files go by: elements in the order of junit-10.xsd of Jenkins' plugin xunit,
 * with the attributes that it, GitLab and the readers of GitHub ask for.
 */
const schema: Readonly<Record<string, Rule>> = {
    testsuites: { children: ['testsuite'], needs: [] },
    testsuite: {
        children: ['properties', 'testcase', 'system-out', 'system-err'],
        needs: ['name', 'tests', 'failures', 'errors', 'time', 'timestamp'],
    },
    properties: { children: ['property'], needs: [] },
    property: { children: [], needs: ['name', 'value'] },
    testcase: {
        children: ['properties', 'skipped', 'error', 'failure', 'system-out', 'system-err'],
        needs: ['classname', 'name', 'time'],
    },
    failure: { children: [], needs: ['message', 'type'] },
    error: { children: [], needs: ['message', 'type'] },
    skipped: { children: [], needs: ['message'] },
    'system-out': { children: [], needs: [] },
};

interface Rule {
    readonly children: readonly string[];
    readonly needs: readonly string[];
}

function breaches(element: Element): readonly string[] {
    const rule = schema[element.name];
    if (rule === undefined) {
        return [`no element is called ${element.name}`];
    }
    const places = element.children.map(({ name }) => rule.children.indexOf(name));
    const numbers = ['tests', 'failures', 'errors', 'skipped', 'time'];
    return [
        ...rule.needs
            .filter((name) => element.attributes[name] === undefined)
            .map((name) => `${element.name} has no ${name}`),
        ...Object.entries(element.attributes)
            .filter(([name, value]) => numbers.includes(name) && !/^\d+(\.\d+)?$/.test(value))
            .map(([name, value]) => `${element.name} has ${name}="${value}"`),
        ...(places.some((place, index) => place < 0 || place < (places[index - 1] ?? 0))
            ? [`${element.name} has children in the wrong order`]
            : []),
        ...element.children.flatMap(breaches),
    ];
}

const value = (element: Element | undefined, name: string): string | undefined =>
    element?.children
        .find((child) => child.name === 'properties')
        ?.children.find(({ attributes }) => attributes.name === name)?.attributes.value;
const child = (element: Element | undefined, name: string): Element | undefined =>
    element?.children.find((one) => one.name === name);

describe("a run as JUnit's XML", () => {
    it('keeps to what its readers ask for', () => {
        expect(root.name).toBe('testsuites');
        expect(breaches(root)).toEqual([]);
    });

    it('would not keep to it with an element too many, or one in the wrong place', () => {
        const wrong = document.replace('<properties>', '<skipped></skipped><properties>');
        expect(breaches(readXml(wrong))).toEqual([
            'testsuite has children in the wrong order',
            'skipped has no message',
        ]);
        expect(() => readXml(document.replace('</testsuite>', ''))).toThrow('closes');
        expect(() => readXml(document.replace('&amp;', '&'))).toThrow('no entity');
    });

    it('counts what is in it', () => {
        const counts = { tests: '3', failures: '1', errors: '1', skipped: '0', time: '81.500' };
        expect(root.attributes).toMatchObject(counts);
        expect(suite.attributes).toMatchObject(counts);
        expect(suite.attributes.timestamp).toBe('2026-01-02T03:04:05');
    });

    it('has what is known of a scenario as properties', () => {
        expect(first?.attributes.name).toBe('H01: a machine boots');
        expect(['id', 'tier', 'lane', 'firmware'].map((name) => value(first, name))).toEqual([
            'H01',
            'change',
            'network',
            'uefi',
        ]);
        expect([value(second, 'class'), value(second, 'seed')]).toEqual(['auth', '1a2b']);
    });

    it('has the message of a failure, with what XML cannot hold replaced, and its bundle', () => {
        const failure = child(second, 'failure');
        expect(second?.attributes.name).toBe('F16: a "wrong" key & <others>');
        expect(failure?.attributes).toEqual({
            message: 'waiting for root: \ufffd[31mRB204\ufffd',
            type: 'auth',
        });
        expect(failure?.text).toContain('second ]]> line \ufffd');
        expect(child(second, 'system-out')?.text).toBe(
            '[[ATTACHMENT|build/bundles/F16/summary.md]]',
        );
    });

    it('has one in quarantine as skipped, with where that is worked on', () => {
        const quarantined = {
            id: 'F16',
            reason: 'the cluster is slow',
            tracker: 'https://forge.example/issues/7',
            owner: 'ada',
            expires: '2026-03-20',
        };
        const record = { ...failed, quarantined };
        const quiet = readXml(junitXml({ records: [record], missing: [], commit: '1', at: '' }));
        expect(breaches(quiet)).toEqual([]);
        expect(quiet.attributes).toMatchObject({ tests: '1', failures: '0', skipped: '1' });
        const [only] = (quiet.children[0] ?? quiet).children.filter(
            ({ name }) => name === 'testcase',
        );
        expect(child(only, 'skipped')?.attributes.message).toContain(
            'https://forge.example/issues/7',
        );
        expect(child(only, 'failure')).toBeUndefined();
    });

    it('has an error for one that was planned and did not run', () => {
        expect(third?.attributes.name).toBe('F17: caps that are too small');
        expect(child(third, 'error')?.attributes.message).toBe('it was planned and did not run');
    });
});
