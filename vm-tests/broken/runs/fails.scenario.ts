import { expect } from 'vitest';
import { scenario } from '../../scenario.ts';
import { planned } from './planned.ts';

scenario(planned.fails, async () => {
    expect('this').toBe('that');
});
