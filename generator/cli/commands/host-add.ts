import { checkNewHost } from '../../config/check-host.ts';
import { failure, success } from '../../diagnostics/diagnostic.ts';
import type { Literal } from '../../typescript/literal.ts';
import { type ChangeOptions, changeHost } from '../host-change.ts';
import type { ExitCode } from '../output.ts';

export interface AddOptions extends ChangeOptions {
    readonly mac: string;
    readonly image: string;
    readonly filesystem: string;
    readonly address?: string;
    readonly client?: string;
    readonly keyring?: string;
    readonly nicModules?: readonly string[];
    readonly kernelArguments?: readonly string[];
}

/** `rbdboot host add`: writes one more host into a configuration. */
export async function hostAdd(name: string, options: AddOptions): Promise<ExitCode> {
    const host = hostOf(options);
    return changeHost(options, (site) => {
        if (site.hosts.some((one) => one.name === name)) {
            return failure({
                code: 'RB126',
                severity: 'error',
                message: `there is a host ${name} already`,
                hint: `change it with: rbdboot host set ${name} KEY VALUE`,
            });
        }
        const problems = checkNewHost(site, name, host);
        return problems.length > 0
            ? failure(...problems)
            : success({ change: { kind: 'add', name, host }, done: `added ${name} to` });
    });
}

/** As a configuration writes it: in the order of its keys, without what is left out. */
function hostOf(options: AddOptions): { readonly [key: string]: Literal } {
    const { mac, image, filesystem, address, client, keyring } = options;
    const { nicModules, kernelArguments } = options;
    const all = { mac, image, filesystem, address, client, keyring, nicModules, kernelArguments };
    return Object.fromEntries(
        Object.entries(all).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
    );
}
