import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Site } from '../model/site.ts';
import { checkShape } from './check-shape.ts';
import { crossCheck } from './cross-checks.ts';
import { parseSite } from './parse.ts';
import type { Problem } from './problem.ts';

/**
 * Says what would be wrong with one more host, before it is written anywhere: its values, and how
 * they go together with the hosts that there are.
 */
export function checkNewHost(
    site: Site,
    name: string,
    host: Readonly<Record<string, unknown>>,
): readonly Diagnostic[] {
    const cluster = {
        fsid: site.cluster.fsid,
        monitors: ['127.0.0.1'],
        client: site.hosts[0]?.client ?? 'admin',
    };
    const shape = checkShape({ cluster, hosts: { [name]: host } });
    if (!shape.ok) {
        return shape.problems.map(toDiagnostic);
    }
    const parsed = parseSite(shape.spec, site.source);
    if (!parsed.ok) {
        return parsed.problems.map(toDiagnostic);
    }
    return crossCheck({ ...site, hosts: [...site.hosts, ...parsed.site.hosts] }).map(toDiagnostic);
}

function toDiagnostic({ code, message, hint, path }: Problem): Diagnostic {
    return { code, severity: 'error', message, ...(hint === undefined ? {} : { hint }), path };
}
