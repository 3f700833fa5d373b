import { failure, type Outcome } from '../diagnostics/diagnostic.ts';
import type { PlanAuthor } from '../plan/author.ts';
import { callSite } from '../plan/call-site.ts';
import type { BootEnvironment } from '../plan/environment.ts';
import { type BootPlan, buildPlan } from '../plan/plan.ts';
import type { BootSubject } from './boot-subject.ts';
import { standardPlan } from './standard-plan.ts';

/** Plans a boot: with the plan that the configuration brings along, else with the standard one. */
export function planBoot(subject: BootSubject, environment: BootEnvironment): Outcome<BootPlan> {
    const { name, planned, plan: own } = subject;
    if (own === undefined) {
        return buildPlan(environment, (plan) => standardPlan(plan, planned));
    }
    const author = own as PlanAuthor;
    try {
        return buildPlan(environment, (plan) => author(plan, planned));
    } catch (error) {
        const location = callSite(error instanceof Error ? error.stack : undefined);
        return failure({
            code: 'RB123',
            severity: 'error',
            message: `the plan of ${name} failed: ${error instanceof Error ? error.message : error}`,
            ...(location === undefined ? {} : { location }),
        });
    }
}
