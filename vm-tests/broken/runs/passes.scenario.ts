import { scenario } from '../../scenario.ts';
import { planned } from './planned.ts';

scenario(planned.passes, async () => {});
