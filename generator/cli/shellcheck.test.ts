import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { edit, goodConfiguration as good } from '../testing/bad-configurations.ts';
import { checkSite } from './check-site.ts';
import { shellcheckSite } from './shellcheck.ts';

const uselessCat = `const cat = sh.busyboxApplet('cat');
const grep = sh.busyboxApplet('grep');
const noisy = defineStep<object, object>('noisy-step', {
    contract: ['reads a file in a way that shellcheck does not like.'],
    boot: () => ({
        statements: [
            sh.run(
                sh.pipeline(sh.command(cat, ['/proc/mounts']), sh.command(grep, ['ext4'])),
                sh.ignore('a test'),
            ),
        ],
        achieved: {},
    }),
});
`;

const noisyPlan = `plan: (plan, host) => {
                plan.step(noisy({}));
                return standardPlan(plan, host);
            },
            filesystem:`;

let folder: string;
beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'rbdboot-shellcheck-'));
});
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => {
    vi.unstubAllEnvs();
});

async function shellcheck(name: string, text: string) {
    const file = join(folder, name);
    writeFileSync(file, text);
    const site = await checkSite(file);
    if (!site.ok) {
        throw new Error(JSON.stringify(site.diagnostics));
    }
    return { file, outcome: await shellcheckSite(site.value) };
}

describe('shellcheckSite', { timeout: 60_000 }, () => {
    it('finds nothing in the standard plan', async () => {
        const { outcome } = await shellcheck('good.config.ts', good);
        expect(outcome).toEqual({ ok: true, value: [] });
    });

    it('leads a finding back to the line that recorded the step', async () => {
        const imports = '{ defineBoot, defineStep, sh, standardPlan }';
        const text = edit(
            edit(edit(good, '{ defineBoot }', imports), 'filesystem:', noisyPlan),
            'export default',
            `${uselessCat}export default`,
        );
        const { file, outcome } = await shellcheck('noisy.config.ts', text);
        const before = text.slice(0, text.indexOf('plan.step(noisy')).split('\n');
        const location = { file, line: before.length, column: (before.at(-1) ?? '').length + 1 };
        expect(outcome).toMatchObject({
            value: [
                {
                    code: 'SC2002',
                    severity: 'warning',
                    message: expect.stringMatching(
                        /local-top\/rbdboot:\d+, step noisy-step: Useless cat/,
                    ),
                    hint: 'https://www.shellcheck.net/wiki/SC2002',
                    location,
                },
            ],
        });
    });

    it('says what to install where there is no shellcheck', async () => {
        vi.stubEnv('PATH', folder);
        const { outcome } = await shellcheck('good.config.ts', good);
        expect(outcome).toMatchObject({
            diagnostics: [{ code: 'RB306', hint: 'install it: apt-get install shellcheck' }],
        });
    });
});
