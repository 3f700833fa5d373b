import { scenario } from '../../scenario.ts';
import { planned } from './planned.ts';

throw new Error('this file cannot be read');

// biome-ignore lint/correctness/noUnreachable: what comes to nothing is what is meant
scenario(planned.doesNotLoad, async () => {});
