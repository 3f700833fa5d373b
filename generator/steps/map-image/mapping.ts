import type { MapOption } from '../../model/map-option.ts';
import type { Cluster } from '../../model/site.ts';
import type { Word } from '../../sh/ast.ts';
import type { Argument } from '../../sh/word.ts';
import type { ImageWords } from './image-words.ts';

/** What is mapped, by whom, from where: words are known or handed over. */
export interface Mapping {
    readonly cluster: Cluster;
    readonly client: Word;
    readonly image: ImageWords;
    /** The path of the keyring in the initrd. */
    readonly keyring: Word;
    /** What to do when it is not there, or damaged. */
    readonly keyringCure: (client: Argument) => Word;
    readonly options: readonly MapOption[];
}
