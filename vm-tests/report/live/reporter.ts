import { setTimeout as delay } from 'node:timers/promises';
import { DefaultReporter } from 'vitest/node';
import { buildDirectory } from '../../build-directory.ts';
import { capacity } from '../../capacity.ts';
import { now } from '../../journal.ts';
import { openLab } from '../../lab-file.ts';
import { choose, readManifest } from '../../manifest.ts';
import { chosenBy } from '../../tier.ts';
import { readHistory } from '../history.ts';
import { progressDirectory, progressReader } from './channel.ts';
import { openScreen } from './screen.ts';
import { startWatch, type Watch } from './watch.ts';

/** Milliseconds from one look at the scenarios to the next. */
const pace = 500;

/**
 * What `make vm-test` shows: the scenarios as they go, and at the end what vitest says of each that
 * failed. The scenarios run in other processes and are heard through their files.
 */
// Vitest takes the default export of a reporter that is named by its file.
// biome-ignore lint/style/noDefaultExport: see above
export default class LiveReporter extends DefaultReporter {
    readonly #screen = openScreen(process.stdout);
    #look: () => Promise<void> = async () => {};
    #watch: Watch | undefined;
    readonly #over = new AbortController();
    #looking: Promise<void> = Promise.resolve();

    constructor() {
        // The last line of the terminal is ours.
        super({ summary: false });
    }

    override async onTestRunStart(...words: Parameters<DefaultReporter['onTestRunStart']>) {
        super.onTestRunStart(...words);
        const planned = choose(readManifest(), chosenBy(process.env));
        const watch = startWatch({
            planned: planned.map(({ cluster, id, machines, together = 1 }) => ({
                id,
                together: machines.length === 0 ? 0 : together,
                alone: cluster === 'alone',
            })),
            history: await readHistory(buildDirectory().history),
            room: capacity(),
            began: now(),
            say: this.#screen.line,
        });
        const read = progressReader(progressDirectory(await openLab()));
        this.#watch = watch;
        this.#look = async () => {
            const at = now();
            watch.take(await read(), at);
            this.#screen.status(watch.standing(at));
        };
        this.#screen.line(watch.standing(now()), 'plain');
        this.#looking = this.#keepLooking().catch((error: unknown) =>
            this.#screen.line(String(error), 'bad'),
        );
    }

    async #keepLooking(): Promise<void> {
        const { signal } = this.#over;
        while (!signal.aborted) {
            await this.#look();
            // The end of the run ends the pause as well.
            await delay(pace, undefined, { signal }).catch(() => {});
        }
    }

    /** Said already when it ended; what failed is told at the end. */
    override onTestModuleEnd(): void {}

    override async onTestRunEnd(...words: Parameters<DefaultReporter['onTestRunEnd']>) {
        this.#over.abort();
        await this.#looking;
        // What was told since; two looks at a time would tell it twice.
        await this.#look();
        this.#screen.clear();
        const left = this.#watch?.unfinished() ?? [];
        if (left.length > 0) {
            this.#screen.line(`never ended: ${left.join(', ')}`, 'bad');
        }
        super.onTestRunEnd(...words);
    }
}
