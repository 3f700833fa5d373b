import { basename } from 'node:path';
import { failure, type Outcome, success } from '../diagnostics/diagnostic.ts';
import { suggest } from '../diagnostics/suggest.ts';
import type { Host, Site } from '../model/site.ts';

/** The host of that name; the error knows the names that there are. */
export function findHost({ hosts, source }: Site, wanted: string): Outcome<Host> {
    const host = hosts.find(({ name }) => name === wanted);
    if (host !== undefined) {
        return success(host);
    }
    const names = hosts.map(({ name }) => name);
    const nearest = suggest(wanted, names);
    const some = names.slice(0, 10).join(', ');
    const all = names.length > 10 ? `${some} and ${names.length - 10} more` : some;
    return failure({
        code: 'RB110',
        severity: 'error',
        message: `there is no host ${JSON.stringify(wanted)} in ${basename(source)}`,
        hint: nearest === undefined ? `the hosts are ${all}` : `did you mean "${nearest}"?`,
    });
}
