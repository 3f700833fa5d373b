import { fromChecks } from './bad-configurations/from-checks.ts';
import { fromCompiler } from './bad-configurations/from-compiler.ts';
import { fromElsewhere } from './bad-configurations/from-elsewhere.ts';
import { fromThePlan, fromThePlansTypes } from './bad-configurations/from-plan.ts';
import { fromTheRun } from './bad-configurations/from-run.ts';
import { fromTheShape } from './bad-configurations/from-shape.ts';
import { fromTheValues } from './bad-configurations/from-values.ts';
import { type BadConfiguration, toBadConfiguration } from './bad-configurations/row.ts';

export { edit, goodConfiguration } from './bad-configurations/row.ts';

/** All that `loadSite` refuses, in the order of the stages that find them. */
export const badConfigurations: readonly BadConfiguration[] = [
    ...fromCompiler,
    ...fromThePlansTypes,
    ...fromTheRun,
    ...fromTheShape,
    ...fromTheValues,
    ...fromElsewhere,
    ...fromChecks,
].map(toBadConfiguration);

/** What shows when the plans of its hosts are built, and no sooner. */
export const badPlans: readonly BadConfiguration[] = fromThePlan.map(toBadConfiguration);
