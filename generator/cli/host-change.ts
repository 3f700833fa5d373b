import { failure, type Outcome } from '../diagnostics/diagnostic.ts';
import type { Site } from '../model/site.ts';
import type { HostChange } from '../typescript/edit.ts';
import { checkSite } from './check-site.ts';
import { editConfiguration } from './edit-configuration.ts';
import { findHost } from './find-host.ts';
import { type ExitCode, finish, type Result } from './output.ts';

/** What every command takes that changes a host. */
export interface ChangeOptions {
    readonly config: string;
    readonly dryRun: boolean;
    readonly json: boolean;
}

/** What is to be done, or what is wrong with it. */
export type Decision = Outcome<{ readonly change: HostChange; readonly done: string }>;

/** Reads the configuration, decides what to change in it, and changes it. */
export async function changeHost(
    options: ChangeOptions,
    decide: (site: Site) => Decision,
): Promise<ExitCode> {
    return finish(await attempt(options, decide), options.json);
}

async function attempt(
    options: ChangeOptions,
    decide: (site: Site) => Decision,
): Promise<Outcome<Result>> {
    const site = await checkSite(options.config);
    if (!site.ok) {
        return site;
    }
    const decision = decide(site.value);
    return decision.ok
        ? editConfiguration(options, site.value, decision.value.change, decision.value.done)
        : decision;
}

/** The change of a host that has to be there. */
export function ofKnownHost(site: Site, name: string, decide: () => Decision): Decision {
    const host = findHost(site, name);
    return host.ok ? decide() : failure(...host.diagnostics);
}
