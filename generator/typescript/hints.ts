const noPlatform =
    'a configuration is plain data: it is checked without the types of Node and of browsers';

/** By the compiler's code: where its own advice would lead a configuration astray. */
const ofCodes: Readonly<Record<number, string>> = {
    2304: 'it is neither defined in this file nor imported into it',
    2580: noPlatform,
    2584: noPlatform,
    2591: noPlatform,
};

const token = 'a token is what plan.step(…) returns: record the step, and hand that on';

/** By its words, which name types of ours that do not say what to write. The first one counts. */
const ofMessages: readonly (readonly [RegExp, string])[] = [
    [/'DurationText\b/, 'a duration is a text with its unit: "30s", "2m" or "1h"'],
    [/'SizeText\b/, 'a size is a text with its unit: "64K", "512M" or "10G"'],
    [
        /to type 'PlanAuthor'/,
        'a plan ends with "return plan.step(mountRoot(…))": what that returns says that there is a root',
    ],
    [
        /to type 'Modules<(.+?)>'/,
        'a module is missing: add it to the list of the step loadModules whose token this is',
    ],
    [
        /Property '(net|modules|device)' is missing/,
        'an earlier step has to come first: record it, and hand on the token that plan.step(…) returns',
    ],
    [/\[brand\]|to type '(Net|BlockDevice|Root)'/, token],
];

/** What to do about a message of the compiler, where it takes more than its own words. */
export function hintFor(code: number, message: string): string | undefined {
    return ofCodes[code] ?? ofMessages.find(([pattern]) => pattern.test(message))?.[1];
}
