import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { badPlans } from '../testing/bad-configurations.ts';
import { checkSite } from './check-site.ts';

let folder: string;
beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'rbdboot-check-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('a plan with an error', { timeout: 60_000 }, () => {
    it.each(badPlans)('$name', async ({ text, line, column, code, message }) => {
        const file = join(folder, 'boot.config.ts');
        writeFileSync(file, text);
        const outcome = await checkSite(file);
        const [first] = outcome.ok ? [] : outcome.diagnostics;
        expect(first?.message.split('\n')[0]).toBe(message);
        expect({ code: first?.code, ...first?.location }).toEqual({ code, file, line, column });
    });
});
