import { relative } from 'node:path';
import { loadSite } from '../../config/load.ts';
import { failure } from '../../diagnostics/diagnostic.ts';
import { emitInitramfsTools } from '../../targets/initramfs-tools/emit.ts';
import { type ExitCode, finish } from '../output.ts';
import { subjectsOf } from '../subject.ts';

export interface CheckOptions {
    readonly config: string;
    readonly json: boolean;
}

/** `rbdboot check`: reads a configuration and says what is wrong with it. */
export async function check({ config, json }: CheckOptions): Promise<ExitCode> {
    const site = await loadSite(config);
    if (!site.ok) {
        return finish(site, json);
    }
    const { source, hosts } = site.value;
    // What is wrong with a plan shows when it is built.
    const faults = subjectsOf(site.value).flatMap((subject) => {
        const plan = emitInitramfsTools(site.value, subject);
        return plan.ok ? [] : plan.diagnostics;
    });
    if (faults.length > 0) {
        return finish(failure(...faults), json);
    }
    const names = hosts.map(({ name }) => name);
    const count = names.length === 1 ? '1 host' : `${names.length} hosts`;
    const text = `${relative('.', source)}: ${count}, no errors\n`;
    return finish({ ok: true, value: { text, json: { source, hosts: names } } }, json);
}
