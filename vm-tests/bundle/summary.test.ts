import { expect, test } from 'vitest';
import { openJournal } from '../journal.ts';
import { printSummary } from './summary.ts';

const journal = openJournal();
journal.add({ at: 1000, source: 'harness', text: 'power on' });
journal.add({ at: 9000, source: 'console', text: '[    0.0] Linux version 6.1' });
journal.add({ at: 13_500, source: 'console', text: 'rbdboot[map-image] RB204: rejected ```' });

const summary = printSummary({
    title: 'F16 a machine with the wrong key says so',
    failureClass: 'auth',
    message: 'waiting for the login: a boot script reported a failure',
    repeat: 'make vm-test ONLY=F16',
    machines: [{ name: 'desk1', journal, poweredOn: 1000 }],
    inVain: ['9.2 s: a connection to 10.77.0.10.6789, 5 times, no answer'],
    files: ['env.json', 'machine/console.txt'],
});

test('the class is the first word', () => {
    expect(summary).toMatch(/^# auth: F16 a machine with the wrong key says so\n/);
});

test('the first bad line comes with its machine and its time', () => {
    expect(summary).toContain('desk1, 12.500 s: rbdboot[map-image] RB204: rejected');
});

test('it says how to do the same again, how far the machine came, and what else there is', () => {
    expect(summary).toContain('To repeat it: `make vm-test ONLY=F16`');
    expect(summary).toMatch(/8\.0 s {2}kernel/);
    expect(summary).toContain('Asked on the network in vain:\n\n```\n9.2 s: a connection to');
    expect(summary).toContain('- [machine/console.txt](machine/console.txt)');
});

test('what a machine prints does not end the frame around it', () => {
    expect(summary).toContain('````\n');
});
