import type { Expansion, Parameter, Pattern, Variable, Word } from '../sh/ast.ts';
import {
    anyCharacter,
    anyString,
    arithmetic,
    calculate,
    expand,
    noneOf,
    type Operand,
    oneOf,
    pattern,
    word,
} from '../sh/word.ts';
import type { Random } from './random.ts';

/** What the words of one body can read. */
export interface Readable {
    /** They hold any text. */
    readonly texts: readonly [Parameter, ...Parameter[]];
    /** They hold a number. */
    readonly numbers: readonly [Variable, ...Variable[]];
}

// Few letters, so that patterns match; of the signs, those that shells make something of.
const characters = [...'aabbc01 _.-/*?[]{}()<>|&;#~=%^!$`"\'\\\n\t+:,@'] as const;

export function randomText(random: Random): string {
    return random.some(0, 4, () => characters[random.below(characters.length)] ?? 'a').join('');
}

export function randomWord(random: Random, readable: Readable): Word {
    switch (random.below(6)) {
        case 0:
            return word`${randomText(random)}`;
        case 1:
            return word`${random.pick(readable.texts)}`;
        case 2:
            return arithmetic(randomArithmetic(random, readable, 2));
        case 3:
            return expand(random.pick(readable.texts), randomExpansion(random, readable));
        default:
            return word`${randomText(random)}${randomWord(random, readable)}${randomText(random)}`;
    }
}

/** Stays small, whatever it is made of: mksh calculates with 32 bits. */
export function randomArithmetic(
    random: Random,
    readable: Readable,
    depth: number,
): ReturnType<typeof calculate> {
    const operand = (): Operand => {
        if (depth > 0 && random.oneIn(3)) {
            return randomArithmetic(random, readable, depth - 1);
        }
        return random.oneIn(2) ? random.pick(readable.numbers) : random.below(21) - 10;
    };
    const divisor = 1 + random.below(9);
    return random.oneIn(3)
        ? calculate(operand(), random.pick(['/', '%']), random.oneIn(2) ? divisor : -divisor)
        : calculate(calculate(operand(), random.pick(['+', '-', '*']), operand()), '%', 100);
}

export function randomPattern(random: Random, readable: Readable): Pattern {
    const part = () => {
        switch (random.below(7)) {
            case 0:
                return anyCharacter;
            case 1:
                return random.oneIn(2) ? oneOf('a-b0') : noneOf('a_%-');
            case 2:
                return random.pick(readable.texts);
            case 3:
            case 4:
                return anyString;
            default:
                return randomText(random);
        }
    };
    return pattern`${part()}${part()}${part()}`;
}

function randomExpansion(random: Random, readable: Readable): Expansion {
    const operator = random.pick<Expansion['operator']>([
        'default',
        'alternative',
        'length',
        'remove-shortest-prefix',
        'remove-longest-prefix',
        'remove-shortest-suffix',
        'remove-longest-suffix',
    ]);
    switch (operator) {
        case 'length':
            return { operator };
        case 'default':
        case 'alternative':
            return { operator, text: randomText(random) };
        default:
            return { operator, pattern: randomPattern(random, readable) };
    }
}
