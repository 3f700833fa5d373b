import type { ImageFeature } from '../../model/image-feature.ts';
import type { StepScope } from '../../plan/step.ts';
import type { ShellFunction, Variable } from '../../sh/ast.ts';
import { argumentOf, assign, compare, forEachWord, when } from '../../sh/build.ts';
import { arithmetic, calculate, word } from '../../sh/word.ts';

/** By bit, from the lowest (src/include/rbd/features.h of Ceph). */
const features: readonly (ImageFeature | 'non-primary')[] = [
    'layering',
    'striping',
    'exclusive-lock',
    'object-map',
    'fast-diff',
    'deep-flatten',
    'journaling',
    'data-pool',
    'operations',
    'migrating',
    'non-primary',
];

/**
 * Emits `name_features BITS`: krbd logs the features that it does not support as one hexadecimal
 * number, `rbd feature disable` wants their names.
 */
export function nameFeatures(scope: StepScope, found: Variable): ShellFunction {
    return scope.helper({
        name: 'name_features',
        takes: 'BITS',
        contract: [`sets ${found.name} to the names of these features, with spaces between them.`],
        body: (local) => {
            const bits = local('bits');
            const feature = local('feature');
            return [
                assign(bits, argumentOf(1)),
                assign(found, ''),
                forEachWord(feature, features, [
                    when(compare(arithmetic(calculate(bits, '%', 2)), '-eq', 1), [
                        assign(found, word`${found} ${feature}`),
                    ]),
                    assign(bits, arithmetic(calculate(bits, '/', 2))),
                ]),
            ];
        },
    });
}
