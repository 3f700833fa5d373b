import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { countClosingLine, countReport, countTap } from './count.ts';

let directory = '';
beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'rbdboot-count-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

function report(numTotalTests: number, numPassedTests: number, success: boolean): string {
    const path = join(directory, 'report.json');
    writeFileSync(path, JSON.stringify({ numTotalTests, numPassedTests, success }));
    return path;
}

describe('countReport', () => {
    it('counts what passed and what did not', () => {
        expect(countReport(report(5, 3, false), false)).toEqual({ passed: 3, failed: 2 });
    });
    it('counts a skipped test as failed', () => {
        expect(countReport(report(5, 4, true), true)).toEqual({ passed: 4, failed: 1 });
    });
    it('counts a run without a test, and one without a report, as a failure', () => {
        expect(countReport(report(0, 0, true), true)).toEqual({ passed: 0, failed: 1 });
        expect(countReport(join(directory, 'none.json'), true)).toEqual({ passed: 0, failed: 1 });
    });
    it('counts a run that ended badly though every test passed', () => {
        expect(countReport(report(5, 5, true), false)).toEqual({ passed: 5, failed: 1 });
    });
});

describe('countTap', () => {
    it('counts lines against the plan, so that tests which never ran are failures', () => {
        expect(
            countTap('1..4\nok 1 a\nnot ok 2 b\n# why\nok 3 c # skip no reason\n', false),
        ).toEqual({
            passed: 1,
            failed: 3,
        });
    });
    it('counts an empty stream as a failure', () => {
        expect(countTap('', true)).toEqual({ passed: 0, failed: 1 });
    });
});

describe('countClosingLine', () => {
    it('reads the last line, and counts its absence as a failure', () => {
        expect(countClosingLine('x\n3 passed, 1 failed\n', false)).toEqual({
            passed: 3,
            failed: 1,
        });
        expect(countClosingLine('3 passed, 0 failed\nthen a crash\n', false)).toEqual({
            passed: 0,
            failed: 1,
        });
    });
});
