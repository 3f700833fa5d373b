import { statSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { followFile } from '../tail.ts';
import type { Machine } from './machine.ts';
import { pressKey } from './press-key.ts';

/** A person at the serial console. */
export interface SerialConsole {
    /** Types a line; what is shown from now on is what the next `waitFor` looks at. */
    readonly type: (line: string) => void;
    /**
     * Waits for what was shown since the last line that was typed.
     *
     * @param seconds as many as are enough on a machine of the usual speed.
     * @throws NotShown when they are over.
     */
    readonly waitFor: (pattern: RegExp, seconds: number) => Promise<RegExpExecArray>;
    /** What was shown since the last line that was typed. */
    readonly shown: () => string;
    readonly close: () => void;
}

/** The machine has power, and its console does not show what was waited for. */
export class NotShown extends Error {}

/** Sits down at the serial console of a machine. Only one can be at it. */
export function sitDown(machine: Machine): SerialConsole {
    const { consoleLog, hasPower, name, slowness } = machine;
    let text = '';
    const tail = followFile(consoleLog, statSync(consoleLog).size, (more) => {
        text += more;
    });
    const shown = () => text.replaceAll('\r', '');
    return {
        shown,
        close: tail.stop,
        type(line) {
            tail.poll();
            text = '';
            // A machine that ends takes nothing any more; whoever waits for more says so.
            pressKey(machine, `${line}\n`).catch(() => {});
        },
        async waitFor(pattern, seconds) {
            const end = performance.now() + seconds * slowness * 1000;
            for (;;) {
                const hadPower = hasPower();
                tail.poll();
                const match = pattern.exec(shown());
                if (match !== null) {
                    return match;
                }
                if (!hadPower) {
                    throw new Error(`${name} has no power any more; it showed: ${shown()}`);
                }
                if (performance.now() > end) {
                    throw new NotShown(
                        `the console of ${name} does not show ${pattern}: ${shown()}`,
                    );
                }
                await delay(50);
            }
        },
    };
}
