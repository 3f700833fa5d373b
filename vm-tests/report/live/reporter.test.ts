import { expect, it } from 'vitest';
import LiveReporter from './reporter.ts';

it('is a reporter that vitest can load, and leaves what failed for the end', () => {
    const reporter = new LiveReporter();
    expect(reporter.onTestModuleEnd()).toBeUndefined();
    // What vitest prints of failures at the end is that of its own reporter.
    expect(Object.getPrototypeOf(LiveReporter).name).toBe('DefaultReporter');
});
