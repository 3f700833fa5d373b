import { existsSync, readFileSync } from 'node:fs';
import * as v from 'valibot';

export interface Counts {
    readonly passed: number;
    readonly failed: number;
}

export function addCounts(one: Counts, other: Counts): Counts {
    return { passed: one.passed + other.passed, failed: one.failed + other.failed };
}

const reportSchema = v.object({
    numTotalTests: v.number(),
    numPassedTests: v.number(),
    success: v.boolean(),
});

/**
 * Counts the tests in vitest's JSON report. What neither passed nor failed (skipped, to do) counts
 * as failed, and so does a run without a test, or one that ended badly for another reason.
 */
export function countReport(path: string, ended: boolean): Counts {
    if (!existsSync(path)) {
        return { passed: 0, failed: 1 };
    }
    const report = v.parse(reportSchema, JSON.parse(readFileSync(path, 'utf8')));
    return judged(report.numPassedTests, report.numTotalTests, ended && report.success);
}

/** Counts the lines of a TAP stream; a skipped test counts as failed. */
export function countTap(output: string, ended: boolean): Counts {
    const lines = output.split('\n');
    const planned = Number(lines.find((line) => /^1\.\.\d+$/.test(line))?.slice(3) ?? 0);
    const passed = lines.filter((line) => /^ok /.test(line) && !/ # skip/i.test(line)).length;
    return judged(passed, planned, ended);
}

/** Reads the closing line `N passed, N failed` of a program that counts its own tests. */
export function countClosingLine(output: string, ended: boolean): Counts {
    const line = output.trimEnd().split('\n').at(-1) ?? '';
    const [, passed = '0', failed = '0'] = /^(\d+) passed, (\d+) failed$/.exec(line) ?? [];
    return judged(Number(passed), Number(passed) + Number(failed), ended);
}

function judged(passed: number, planned: number, ended: boolean): Counts {
    const failed = planned - passed;
    const unexplained = planned === 0 || (!ended && failed === 0);
    return { passed, failed: failed + (unexplained ? 1 : 0) };
}
