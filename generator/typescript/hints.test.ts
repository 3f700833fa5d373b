import { describe, expect, it } from 'vitest';
import { hintFor } from './hints.ts';

describe('hintFor', () => {
    it.each([
        [2591, "Cannot find name 'process'.", 'plain data'],
        [2322, "Type 'number' is not assignable to type 'DurationText | undefined'.", '"30s"'],
        [
            2345,
            "Argument of type '{ image: X; }' is not assignable to parameter of type 'MapImageInput'.\n  Property 'net' is missing in type '{ image: X; }' but required in type 'MapImageInput'.",
            'an earlier step has to come first',
        ],
        [
            2322,
            'Type \'Modules<"ext4">\' is not assignable to type \'Modules<"rbd">\'.',
            'loadModules',
        ],
        [
            2739,
            "Type 'Step<Net>' is missing the following properties from type 'Net': interface, [brand]",
            'what plan.step(…) returns',
        ],
        [
            2322,
            "Type 'string' is not assignable to type 'BlockDevice'.",
            'what plan.step(…) returns',
        ],
        [
            2322,
            "Type '(plan: PlanBuilder) => void' is not assignable to type 'PlanAuthor'.",
            'a plan ends with',
        ],
    ])('TS%i %s', (code, message, words) => {
        expect(hintFor(code, message)).toContain(words);
    });

    it('leaves alone what says itself what to do', () => {
        expect(hintFor(2561, "'adress' does not exist. Did you mean 'address'?")).toBeUndefined();
    });
});
