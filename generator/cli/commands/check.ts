import { relative } from 'node:path';
import { failure } from '../../diagnostics/diagnostic.ts';
import { checkSite } from '../check-site.ts';
import { type ExitCode, finish } from '../output.ts';

export interface CheckOptions {
    readonly config: string;
    readonly json: boolean;
    /** Also run shellcheck on the scripts that the configuration comes to. */
    readonly shellcheck: boolean;
}

/** `rbdboot check`: reads a configuration and says what is wrong with it. */
export async function check({ config, json, shellcheck }: CheckOptions): Promise<ExitCode> {
    const site = await checkSite(config);
    if (!site.ok) {
        return finish(site, json);
    }
    if (shellcheck) {
        const { shellcheckSite } = await import('../shellcheck.ts');
        const found = await shellcheckSite(site.value);
        if (!found.ok || found.value.length > 0) {
            return finish(found.ok ? failure(...found.value) : found, json);
        }
    }
    const { source, hosts } = site.value;
    const names = hosts.map(({ name }) => name);
    const count = names.length === 1 ? '1 host' : `${names.length} hosts`;
    const text = `${relative('.', source)}: ${count}, no errors\n`;
    return finish({ ok: true, value: { text, json: { source, hosts: names } } }, json);
}
