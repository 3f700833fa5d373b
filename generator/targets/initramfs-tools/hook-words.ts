import {
    argumentOf,
    defineFunction,
    exitWith,
    outputToErrors,
    print,
    variable,
} from '../../sh/build.ts';
import { expand, word } from '../../sh/word.ts';

// mkinitramfs sets these two for its hooks.
export const version = expand(variable('version', 'environment'), { operator: 'required' });
export const destination = expand(variable('DESTDIR', 'environment'), { operator: 'required' });

export const stop = defineFunction(
    'stop',
    ['stop TEXT: ends mkinitramfs, since an initrd without this would not boot.'],
    [print(word`rbdboot: ${argumentOf(1)}`, outputToErrors), exitWith(1)],
);
