import type { CaseArm, Condition, Pattern, ShellFunction } from '../sh/ast.ts';
import {
    all,
    argumentOf,
    arm,
    choose,
    command,
    compare,
    defineFunction,
    returnWith,
    succeeds,
} from '../sh/build.ts';
import { type Argument, anyCharacter, anyString, noneOf, oneOf, pattern } from '../sh/word.ts';

const anything = pattern`${anyString}`;
const nothing = pattern``;

function accept(...patterns: readonly Pattern[]): CaseArm {
    return arm(patterns, []);
}

function refuse(...patterns: readonly Pattern[]): CaseArm {
    return arm(patterns, [returnWith(1)]);
}

/** A function that succeeds if its argument falls into an arm that accepts. */
function matcher(name: string, what: string, ...arms: readonly CaseArm[]): ShellFunction {
    return defineFunction(
        name,
        [`${name} TEXT: succeeds if the text is ${what}.`],
        [choose(argumentOf(1), arms)],
    );
}

function condition(shellFunction: ShellFunction): (text: Argument) => Condition {
    return (text) => succeeds(command(shellFunction, [text]));
}

const x = oneOf('0-9a-f');
const digit = oneOf('0-9');

/** Six pairs of lower-case hexadecimal digits, as iPXE and sysfs print a MAC address. */
export const isMacAddress = condition(
    matcher(
        'is_mac',
        'a MAC address in lower case',
        accept(pattern`${x}${x}:${x}${x}:${x}${x}:${x}${x}:${x}${x}:${x}${x}`),
        refuse(anything),
    ),
);

/** The name of a client: nothing that splits a map string or leaves a directory. */
export const isClientName = condition(
    matcher(
        'is_client',
        'the name of a client',
        refuse(
            nothing,
            pattern`.${anyString}`,
            pattern`-${anyString}`,
            pattern`${anyString}${noneOf('A-Za-z0-9_.-')}${anyString}`,
        ),
    ),
);

const noImage = [
    pattern`/${anyString}`,
    pattern`${anyString}//${anyString}`,
    pattern`-${anyString}`,
    pattern`${anyString}/-${anyString}`,
    // No step of a path: the links of the running system have these names.
    ...['.', '..'].flatMap((step) => [
        pattern`${step}/${anyString}`,
        pattern`${anyString}/${step}`,
        pattern`${anyString}/${step}/${anyString}`,
    ]),
    pattern`${anyString}/${anyString}/${anyString}/${anyString}`,
];

/** A key as a keyring has it, in base64 (RFC 4648). */
export const isBase64 = condition(
    matcher(
        'is_base64',
        'a key as a keyring has it',
        refuse(nothing, pattern`${anyString}${noneOf('A-Za-z0-9/+=')}${anyString}`),
    ),
);

/** POOL/IMAGE or POOL/NAMESPACE/IMAGE, each of letters, digits, `.`, `_` and `-`. */
export const isImageReference = condition(
    matcher(
        'is_image',
        'POOL/IMAGE or POOL/NAMESPACE/IMAGE',
        refuse(
            pattern`${anyString}${noneOf('A-Za-z0-9_./-')}${anyString}`,
            pattern`${anyString}/`,
            ...noImage,
        ),
        accept(pattern`${anyString}/${anyString}`),
        refuse(anything),
    ),
);

/** The same with @SNAPSHOT behind it. */
export const isSnapshotReference = condition(
    matcher(
        'is_snapshot',
        'POOL/IMAGE@SNAPSHOT or POOL/NAMESPACE/IMAGE@SNAPSHOT',
        refuse(
            pattern`${anyString}${noneOf('A-Za-z0-9_./@-')}${anyString}`,
            pattern`${anyString}/@${anyString}`,
            pattern`${anyString}@`,
            pattern`${anyString}@-${anyString}`,
            pattern`${anyString}@${anyString}/${anyString}`,
            pattern`${anyString}@${anyString}@${anyString}`,
            // The last of these is a step too, though it does not stand at the end.
            pattern`${anyString}/.@${anyString}`,
            pattern`${anyString}/..@${anyString}`,
            ...noImage,
        ),
        accept(pattern`${anyString}/${anyString}@${anyString}`),
        refuse(anything),
    ),
);

/** What a root is found by: the number of a partition, or a tag as blkid(8) has it. */
export const isRootLocation = condition(
    matcher(
        'is_root_location',
        'PARTITION=NUMBER, UUID=UUID, PARTUUID=UUID or LABEL=LABEL',
        accept(pattern`PARTITION=${oneOf('1-9')}`, pattern`PARTITION=1${oneOf('0-5')}`),
        refuse(
            pattern`UUID=${anyString}${noneOf('0-9a-f-')}${anyString}`,
            pattern`PARTUUID=${anyString}${noneOf('0-9a-f-')}${anyString}`,
            pattern`LABEL=${anyString}${noneOf('A-Za-z0-9_.:+-')}${anyString}`,
            pattern`LABEL=-${anyString}`,
            pattern`${anyString}=`,
        ),
        accept(
            pattern`UUID=${anyString}`,
            pattern`PARTUUID=${anyString}`,
            pattern`LABEL=${anyString}`,
        ),
        refuse(anything),
    ),
);

/** A number of up to five digits, which every shell can count with; no octal one. */
const isShortNumber = condition(
    matcher(
        'is_number',
        'a whole number of up to five digits',
        refuse(
            nothing,
            pattern`0${anyCharacter}${anyString}`,
            pattern`${anyString}${noneOf('0-9')}${anyString}`,
            pattern`${digit}${digit}${digit}${digit}${digit}${digit}${anyString}`,
        ),
    ),
);

/** Whether the text is a whole number between the two, which have up to five digits. */
export function isNumberFrom(least: number, most: number): (text: Argument) => Condition {
    return (text) =>
        all(isShortNumber(text), compare(text, '-ge', least), compare(text, '-le', most));
}

/** The characters of an IPv6 address; whether they make one, the kernel has to say. */
export const isIpv6Address = condition(
    matcher(
        'is_ipv6',
        'made of what IPv6 addresses have',
        refuse(pattern`${anyString}${noneOf('0-9A-Fa-f:')}${anyString}`),
        accept(pattern`${anyString}:${anyString}:${anyString}`),
        refuse(anything),
    ),
);
