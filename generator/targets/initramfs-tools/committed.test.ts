import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { loadSite } from '../../config/load.ts';
import { oneHost } from '../../steps/boot-subject.ts';
import { emitInitramfsTools } from './emit.ts';

const top = new URL('../../../', import.meta.url);

/** `hooks/` and `scripts/` show reviewers each change of emitted shell: they must be what is emitted. */
it('emits for the reference example what hooks/ and scripts/ hold', async () => {
    const site = await loadSite(fileURLToPath(new URL('examples/desk/boot.config.ts', top)));
    const [host] = site.ok ? site.value.hosts : [];
    if (!site.ok || host === undefined) {
        throw new Error('the reference example does not load');
    }
    const emitted = emitInitramfsTools(site.value, oneHost(site.value, host));
    const scripts = emitted.ok ? emitted.value.filter(({ mode }) => mode === 0o755) : [];
    expect(scripts.length).toBeGreaterThan(1);
    for (const { path, text, mode } of scripts) {
        const [, folder, rest] = /^etc\/initramfs-tools\/(hooks|scripts)\/(.+)$/.exec(path) ?? [];
        const committed = new URL(`${folder}/initramfs-tools/${rest}`, top);
        expect(readFileSync(committed, 'utf8'), `make generate brings ${path} up to date`).toBe(
            text,
        );
        expect(statSync(committed).mode & 0o777).toBe(mode);
    }
});
