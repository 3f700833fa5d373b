import type { ImageReference } from '../../model/image-reference.ts';
import { imageParameter, isSnapshot } from '../../plan/parameters.ts';
import { isHandedOver, type Setting } from '../../plan/setting.ts';
import { settleHandedOver } from '../../plan/settle.ts';
import type { StepScope } from '../../plan/step.ts';
import type { Expansion, Statement, Variable, Word } from '../../sh/ast.ts';
import { arm, assign, choose } from '../../sh/build.ts';
import { anyString, expand, pattern, toWord, word } from '../../sh/word.ts';

/** An image in a script, whole and in parts, known or handed over. */
export interface ImageWords {
    /** Run before any of the words is used. */
    readonly statements: readonly Statement[];
    /** `pool/namespace/image` */
    readonly whole: Word;
    readonly pool: Word;
    /** Empty for an image outside any namespace. */
    readonly namespace: Word;
    readonly image: Word;
    /** `-` for the image itself, as in the map string of the kernel and in sysfs. */
    readonly snapshot: Word;
    /** It is a snapshot, known or handed over. */
    readonly readOnly: boolean;
    /** The map option for the namespace with a comma behind it; empty without one. */
    readonly namespaceOption: Word;
    /** What the caps of a client are narrowed to: `pool=P namespace=N`. */
    readonly capsScope: Word;
}

export function imageWords(scope: StepScope, setting: Setting<ImageReference>): ImageWords {
    const readOnly = isSnapshot(setting);
    if (!isHandedOver(setting)) {
        const { statements, value } = scope.settle(setting, imageParameter);
        const { pool, namespace, image, snapshot } = setting;
        return {
            statements,
            whole: value,
            pool: toWord(pool),
            namespace: toWord(namespace ?? ''),
            image: toWord(image),
            snapshot: toWord(snapshot ?? '-'),
            readOnly,
            namespaceOption: toWord(namespace === undefined ? '' : `_pool_ns=${namespace},`),
            capsScope: toWord(
                namespace === undefined ? `pool=${pool}` : `pool=${pool} namespace=${namespace}`,
            ),
        };
    }
    const { statements, variable: whole } = settleHandedOver(scope, setting, scope.local);
    const path = readOnly ? scope.local('image_path') : whole;
    const snapshot = readOnly ? scope.local('snapshot') : undefined;
    const pool = scope.local('image_pool');
    const namespace = scope.local('image_namespace');
    const image = scope.local('image_name');
    const option = scope.local('namespace_option');
    const capsScope = scope.local('caps_scope');
    const afterFirst = pattern`${anyString}/`;
    return {
        statements: [
            ...statements,
            ...(snapshot === undefined ? [] : splitAtSign(whole, path, snapshot)),
            assign(
                pool,
                expand(path, {
                    operator: 'remove-longest-suffix',
                    pattern: pattern`/${anyString}`,
                }),
            ),
            assign(image, expand(path, { operator: 'remove-longest-prefix', pattern: afterFirst })),
            choose(path, [
                arm(pattern`${anyString}/${anyString}/${anyString}`, [
                    assign(
                        namespace,
                        expand(path, { operator: 'remove-shortest-prefix', pattern: afterFirst }),
                    ),
                    assign(
                        namespace,
                        expand(namespace, {
                            operator: 'remove-shortest-suffix',
                            pattern: pattern`/${anyString}`,
                        }),
                    ),
                    assign(option, word`_pool_ns=${namespace},`),
                    assign(capsScope, word`pool=${pool} namespace=${namespace}`),
                ]),
                arm(pattern`${anyString}`, [
                    assign(namespace, ''),
                    assign(option, ''),
                    assign(capsScope, word`pool=${pool}`),
                ]),
            ]),
        ],
        whole: toWord(whole),
        pool: toWord(pool),
        namespace: toWord(namespace),
        image: toWord(image),
        snapshot: toWord(snapshot ?? '-'),
        readOnly,
        namespaceOption: toWord(option),
        capsScope: toWord(capsScope),
    };
}

function splitAtSign(whole: Variable, path: Variable, snapshot: Variable): readonly Statement[] {
    const atSign = (side: Expansion): Word => expand(whole, side);
    return [
        assign(
            path,
            atSign({ operator: 'remove-shortest-suffix', pattern: pattern`@${anyString}` }),
        ),
        assign(
            snapshot,
            atSign({ operator: 'remove-longest-prefix', pattern: pattern`${anyString}@` }),
        ),
    ];
}
