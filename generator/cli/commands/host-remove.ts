import { success } from '../../diagnostics/diagnostic.ts';
import { type ChangeOptions, changeHost, ofKnownHost } from '../host-change.ts';
import type { ExitCode } from '../output.ts';

/** `rbdboot host remove`: takes a host and its comments out of a configuration. */
export async function hostRemove(name: string, options: ChangeOptions): Promise<ExitCode> {
    return changeHost(options, (site) =>
        ofKnownHost(site, name, () =>
            success({ change: { kind: 'remove', name }, done: `removed ${name} from` }),
        ),
    );
}
