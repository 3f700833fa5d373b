import { expect, test } from 'vitest';
import { expectClaims } from './verdict.ts';

const owner = (is: unknown, should: unknown) => ({
    what: 'the owner of its lock',
    is,
    should,
    failureClass: 'disagreement' as const,
});
const units = {
    what: 'the units that failed',
    is: 'ssh.service',
    should: '',
    failureClass: 'userspace' as const,
};

test('a machine and a cluster that tell the same agree', () => {
    expect(() => expectClaims([owner('10.77.0.101', '10.77.0.101')])).not.toThrow();
});

test('what the cluster tells otherwise is a class of its own, with all that is wrong', () => {
    expect(() => expectClaims([owner('10.77.0.9', '10.77.0.101'), units])).toThrow(
        expect.objectContaining({
            failureClass: 'disagreement',
            message:
                'the machine is up, but not as it should be\n' +
                'the owner of its lock: "10.77.0.9", not "10.77.0.101"\n' +
                'the units that failed: "ssh.service", not ""',
        }),
    );
});

test('what is wrong in the machine alone is looked for there', () => {
    expect(() => expectClaims([owner('a', 'a'), units])).toThrow(
        expect.objectContaining({ failureClass: 'userspace' }),
    );
});

test('a machine that says nothing does not agree', () => {
    expect(() => expectClaims([owner(undefined, '10.77.0.101')])).toThrow(/nothing, not/);
});
