import { beforeEach } from 'vitest';
import { scenario } from '../../scenario.ts';
import { planned } from './planned.ts';

beforeEach(({ skip }) => skip('for a while'));

scenario(planned.skips, async () => {});
