import { failure, type Outcome } from '../diagnostics/diagnostic.ts';
import type { Host, Site } from '../model/site.ts';
import type { PlanAuthor, PlannedHost } from '../plan/author.ts';
import { callSite } from '../plan/call-site.ts';
import type { BootEnvironment } from '../plan/environment.ts';
import { type BootPlan, buildPlan } from '../plan/plan.ts';
import { standardPlan } from './standard-plan.ts';

/** Plans the boot of a host: with its own plan if the configuration has one, else the standard one. */
export function bootHost(site: Site, host: Host, environment: BootEnvironment): Outcome<BootPlan> {
    const planned: PlannedHost = { ...host, cluster: site.cluster };
    if (host.plan === undefined) {
        return buildPlan(environment, (plan) => standardPlan(plan, planned));
    }
    const author = host.plan as PlanAuthor;
    try {
        return buildPlan(environment, (plan) => author(plan, planned));
    } catch (error) {
        const location = callSite(error instanceof Error ? error.stack : undefined);
        return failure({
            code: 'RB123',
            severity: 'error',
            message: `the plan of ${host.name} failed: ${error instanceof Error ? error.message : error}`,
            ...(location === undefined ? {} : { location }),
        });
    }
}
