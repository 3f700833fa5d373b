import type {
    Command,
    Condition,
    OnFailure,
    Script,
    ShellFunction,
    Statement,
    Variable,
} from '../sh/ast.ts';
import {
    all,
    any,
    argumentOf,
    arm,
    assign,
    blank,
    breakLoop,
    builtin,
    busyboxApplet,
    capture,
    choose,
    command,
    comment,
    compare,
    defineFunction,
    exitWith,
    feed,
    forEachField,
    forEachWord,
    group,
    ignore,
    increase,
    inspect,
    nextTurn,
    not,
    orElse,
    outputToErrors,
    perform,
    pipeline,
    print,
    printing,
    repeatUntil,
    repeatWhile,
    returnWith,
    run,
    succeeds,
    variable,
    when,
} from '../sh/build.ts';
import { keep } from '../sh/policy.ts';
import { arithmetic, word } from '../sh/word.ts';
import { createRandom, type Random } from './random.ts';
import {
    type Readable,
    randomArithmetic,
    randomPattern,
    randomText,
    randomWord,
} from './random-word.ts';

const cat = busyboxApplet('cat');

/** What statements may do where they stand. */
interface Body extends Readable {
    readonly random: Random;
    readonly writableTexts: readonly [Variable, ...Variable[]];
    readonly functions: readonly ShellFunction[];
    /** Those that leave the variables of the script alone, so that a subshell loses nothing. */
    readonly pureFunctions: readonly ShellFunction[];
    /** A new variable that counts the turns of one loop. */
    readonly counter: () => Variable;
    readonly inFunction: boolean;
    readonly inLoop: boolean;
    /** How deep statements may still be nested. */
    readonly depth: number;
}

/** A script that ends, prints what it does, and says the same in every shell. */
export function randomScript(seed: number): Script {
    const random = createRandom(seed);
    const functions: ShellFunction[] = [];
    const pureFunctions: ShellFunction[] = [];
    for (const index of random.some(0, 3, () => 0).keys()) {
        const isPure = random.oneIn(2);
        const made = randomFunction(random, `function_${index}`, isPure, functions, pureFunctions);
        functions.push(made);
        if (isPure) {
            pureFunctions.push(made);
        }
    }
    let counters = 0;
    const body: Body = {
        ...scriptVariables,
        random,
        texts: scriptVariables.writableTexts,
        functions,
        pureFunctions,
        counter: () => variable(`turns_${counters++}`, 'script'),
        inFunction: false,
        inLoop: false,
        depth: 3,
    };
    const { writableTexts, numbers } = scriptVariables;
    return {
        kind: 'script',
        header: ['A script made of chance.'],
        preamble: [],
        main: [
            ...numbers.map((one) => assign(one, random.below(10))),
            ...writableTexts.map((one) => assign(one, randomText(random))),
            ...random.some(3, 8, () => randomStatement(body)),
            blank,
            ...[...writableTexts, ...numbers].map((one) => print(word`${one.name}=${one}`)),
        ],
    };
}

const scriptVariables: Pick<Body, 'numbers' | 'writableTexts'> = {
    writableTexts: [variable('text', 'script'), variable('other', 'script')],
    numbers: [variable('number', 'script'), variable('sum', 'script')],
};

function randomFunction(
    random: Random,
    name: string,
    isPure: boolean,
    functions: readonly ShellFunction[],
    pureFunctions: readonly ShellFunction[],
): ShellFunction {
    const localText = variable(`local_${name}`, 'local');
    const localNumber = variable(`number_${name}`, 'local');
    const locals = [localText, localNumber];
    const counter = (): Variable => {
        const made = variable(`turns_${name}_${locals.length}`, 'local');
        locals.push(made);
        return made;
    };
    const body: Body = {
        random,
        texts: [localText, argumentOf(1), argumentOf(2), ...scriptVariables.writableTexts],
        numbers: isPure ? [localNumber] : [localNumber, ...scriptVariables.numbers],
        writableTexts: isPure ? [localText] : [localText, ...scriptVariables.writableTexts],
        functions: isPure ? pureFunctions : functions,
        pureFunctions,
        counter,
        inFunction: true,
        inLoop: false,
        depth: 2,
    };
    const statements = random.some(0, 4, () => randomStatement(body));
    return defineFunction(
        name,
        [`${name}: does something.`, ''],
        [print(localText), assign(localNumber, 1), ...statements],
        locals,
    );
}

function randomStatement(body: Body): Statement {
    const { random, depth } = body;
    const kind = random.below(depth > 0 ? 20 : 9);
    switch (kind) {
        case 0:
        case 1:
            return print(randomWord(random, body), ...(random.oneIn(8) ? [outputToErrors] : []));
        case 2:
        case 3:
            return assign(random.pick(body.writableTexts), randomWord(random, body));
        case 4:
            return assign(random.pick(body.numbers), arithmetic(randomArithmetic(random, body, 2)));
        case 5:
            return run(randomCommand(body), randomPolicy(body));
        case 6:
            return leave(body);
        case 7:
            return random.oneIn(2) ? blank : comment('what comes next', '');
        case 8:
            return random.oneIn(3) ? feedCat(body) : print(randomWord(random, body));
        case 9:
        case 10:
            return capture(
                random.pick(body.writableTexts),
                randomSubshellCommand(body),
                randomPolicy(body),
            );
        case 11:
        case 12:
            return when(randomCondition(body, 2), randomBlock(body), randomOtherwise(body));
        case 13:
        case 14:
            return randomChoice(body);
        case 15:
            return countedLoop(body);
        case 16:
            return forEachWord(
                random.pick(body.writableTexts),
                random.some(0, 3, () => randomWord(random, body)),
                randomBlock({ ...body, inLoop: true }),
            );
        case 17:
            return forEachField(
                random.pick(body.writableTexts),
                random.pick(body.writableTexts),
                randomBlock({ ...body, inLoop: true }),
            );
        case 18:
            return group(randomStatement(deeper(body)), randomStatement(deeper(body)));
        default:
            return callAny(body);
    }
}

function deeper(body: Body): Body {
    return { ...body, depth: body.depth - 1 };
}

function randomBlock(body: Body): readonly Statement[] {
    return body.random.some(body.random.oneIn(6) ? 0 : 1, 3, () => randomStatement(deeper(body)));
}

function randomOtherwise(body: Body): readonly Statement[] {
    return body.random.oneIn(3)
        ? [when(randomCondition(body, 1), randomBlock(body), randomBlock(body))]
        : randomBlock(body);
}

/** Counts first, so that `continue` does not make it endless. */
function countedLoop(body: Body): Statement {
    const { random } = body;
    const turns = body.counter();
    const limit = 1 + random.below(4);
    const inner = [increase(turns), ...randomBlock({ ...body, inLoop: true })];
    const loop = random.oneIn(2)
        ? repeatWhile(all(compare(word`0${turns}`, '-lt', limit), randomCondition(body, 1)), inner)
        : repeatUntil(any(randomCondition(body, 1), compare(word`0${turns}`, '-ge', limit)), inner);
    return group(assign(turns, 0), loop);
}

function randomChoice(body: Body): Statement {
    const { random } = body;
    const arms = random.some(1, 3, () =>
        arm(
            random.some(1, 2, () => randomPattern(random, body)),
            randomBlock(body),
        ),
    );
    return choose(randomWord(random, body), arms);
}

function randomCondition(body: Body, depth: number): Condition {
    const { random } = body;
    const inner = (): Condition => randomCondition(body, depth - 1);
    switch (random.below(depth > 0 ? 8 : 5)) {
        case 0:
            return compare(
                randomWord(random, body),
                random.pick(['=', '!=']),
                randomWord(random, body),
            );
        case 1:
            return compare(
                random.pick(body.numbers),
                random.pick(['-eq', '-ne', '-lt', '-le', '-gt', '-ge']),
                arithmetic(randomArithmetic(random, body, 1)),
            );
        case 2:
        case 3:
            return inspect(random.pick(['-n', '-z']), randomWord(random, body));
        case 4:
            return succeeds(randomCommand(body));
        case 5:
            return not(inner());
        case 6:
            return all(...random.some(1, 3, inner));
        default:
            return any(...random.some(1, 3, inner));
    }
}

function randomPolicy(body: Body): OnFailure {
    if (body.random.oneIn(5)) {
        return keep(body.random.pick(body.numbers));
    }
    return body.random.oneIn(2)
        ? ignore('it is all the same')
        : orElse(
              randomStatement({ ...body, depth: 0 }),
              ...body.random.some(0, 1, () => randomStatement({ ...body, depth: 0 })),
          );
}

function randomCommand(body: Body): Command {
    const { random } = body;
    return random.oneIn(3)
        ? randomSubshellCommand(body)
        : (callOf(body, body.functions) ?? command(builtin(random.pick(['true', 'false']))));
}

/** For a pipeline or a command substitution: what it would set is lost, so it sets nothing. */
function randomSubshellCommand(body: Body): Command {
    const { random } = body;
    const text = printing(randomWord(random, body));
    const first = callOf(body, body.pureFunctions) ?? text;
    switch (random.below(4)) {
        case 0:
            return pipeline(first, command(cat));
        case 1:
            return pipeline(text, callOf(body, body.pureFunctions) ?? command(cat), command(cat));
        default:
            return first;
    }
}

function callOf(body: Body, functions: readonly ShellFunction[]) {
    const called = functions[body.random.below(functions.length + 1)];
    return called === undefined
        ? undefined
        : command(
              called,
              body.random.some(0, 2, () => randomWord(body.random, body)),
          );
}

function callAny(body: Body): Statement {
    const called = body.functions[body.random.below(body.functions.length + 1)];
    return called === undefined
        ? print(randomText(body.random))
        : perform(called, randomWord(body.random, body));
}

function feedCat(body: Body): Statement {
    const { random } = body;
    const lines = random.some(0, 3, () => word`${randomText(random)}${random.pick(body.texts)}`);
    return feed(cat, [], random.oneIn(2) ? lines : [randomText(random)], randomPolicy(body));
}

function leave(body: Body): Statement {
    const { random } = body;
    if (body.inLoop && random.oneIn(2)) {
        return random.pick([breakLoop, nextTurn]);
    }
    if (body.inFunction && random.oneIn(2)) {
        return returnWith(random.below(3));
    }
    return random.oneIn(6) ? exitWith(random.below(256)) : print('here');
}
