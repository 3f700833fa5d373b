import { describe, expect, test } from 'vitest';
import { Complaint } from '../complaint.ts';
import { checkBootable } from './bootable.ts';
import { usage } from './help.ts';
import { shellPlan } from './plan.ts';

const check = (words: Parameters<typeof shellPlan>[0]) => checkBootable(shellPlan(words));

// To read a configuration takes a while.
describe('a machine of a shell', { timeout: 60_000 }, () => {
    test('every one that the help names can be booted', async () => {
        const hosts = [...usage.matchAll(/HOST=(\S+)/g)].map(([, host]) => host);
        expect(hosts.length).toBeGreaterThan(1);
        for (const HOST of hosts) {
            await check({ HOST });
        }
    });

    test.each([
        [{}],
        [{ HOST: 'outsider' }],
        // Its image is the golden one, of which all have the same snapshot.
        [{ HOST: 'snapshot/desk1' }],
        [{ HOST: 'boot-directory/desk1', LANE: 'network' }],
    ])('%j is there', async (words) => {
        await expect(check(words)).resolves.toBeUndefined();
    });

    test.each([
        [
            { HOST: 'desk9' },
            /^HOST is fleet\/desk9: there is no such machine; .* desk1, desk2, dhcp/,
        ],
        [{ HOST: 'no-image' }, /the lab makes no image for it; .* are desk1, (?!.*no-image)/],
        [
            { HOST: 'luks-passphrase/desk1' },
            /no such machine; .* put there by its scenarios alone$/,
        ],
        [{ HOST: 'luks-passphrase/luks1' }, /the lab makes no image for it; the images/],
        [{ HOST: 'snapshot/missing' }, /those that can be booted are desk1, desk2$/],
        [{ HOST: 'network6/six' }, /starts a cluster of its own/],
        [{ HOST: 'three-nodes/desk1' }, /starts a cluster of its own/],
        [{ HOST: 'boot-directory/desk1' }, /so say LANE=network$/],
    ])('%j is refused, with the reason', async (words, message) => {
        const refused = check(words);
        await expect(refused).rejects.toThrow(Complaint);
        await expect(refused).rejects.toThrow(message);
    });
});
