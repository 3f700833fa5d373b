import { relative } from 'node:path';
import { checkSite } from '../check-site.ts';
import { type ExitCode, finish } from '../output.ts';

export interface CheckOptions {
    readonly config: string;
    readonly json: boolean;
}

/** `rbdboot check`: reads a configuration and says what is wrong with it. */
export async function check({ config, json }: CheckOptions): Promise<ExitCode> {
    const site = await checkSite(config);
    if (!site.ok) {
        return finish(site, json);
    }
    const { source, hosts } = site.value;
    const names = hosts.map(({ name }) => name);
    const count = names.length === 1 ? '1 host' : `${names.length} hosts`;
    const text = `${relative('.', source)}: ${count}, no errors\n`;
    return finish({ ok: true, value: { text, json: { source, hosts: names } } }, json);
}
