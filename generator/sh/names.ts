import { type Surroundings, takenNames } from './reserved-names.ts';

/** The names of one script. */
export interface ScriptNames {
    /** A name for the whole script: used by nothing else in it, no local either. */
    global(hint: string): string;
    /** The names of one function: they repeat no global, but may repeat those of another function. */
    locals(): { local(hint: string): string };
}

/**
 * Hands out names made of hints: the hint itself, else the hint with `_2`, `_3`, … behind it.
 *
 * A local never repeats a global, since the shell's scope is dynamic: a function that is called
 * from there would change the wrong one.
 *
 * @throws RangeError for a hint that is not `[a-z_][a-z0-9_]*`.
 */
export function createNames(surroundings: Surroundings = 'boot'): ScriptNames {
    const taken = takenNames[surroundings];
    const globals = new Set<string>();
    const everything = new Set<string>();
    const take = (hint: string, ...avoid: readonly ReadonlySet<string>[]): string => {
        if (!/^[a-z_][a-z0-9_]*$/.test(hint)) {
            throw new RangeError(`${JSON.stringify(hint)} is not a name for a shell variable`);
        }
        let name = hint;
        for (let count = 2; [taken, ...avoid].some((names) => names.has(name)); count++) {
            name = `${hint}_${count}`;
        }
        everything.add(name);
        return name;
    };
    return {
        global(hint) {
            const name = take(hint, everything);
            globals.add(name);
            return name;
        },
        locals() {
            const own = new Set<string>();
            return {
                local(hint) {
                    const name = take(hint, globals, own);
                    own.add(name);
                    return name;
                },
            };
        },
    };
}
