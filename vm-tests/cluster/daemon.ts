import { type Daemon, endedEarly, startDaemon } from '../children.ts';

/** A monitor or an OSD, which a scenario may stop and start. */
export interface ClusterDaemon {
    /** `mon.a`, `osd.0` */
    readonly name: string;
    /** @throws Error if it does not run. */
    readonly pid: () => number;
    /** Starts it, and does not wait for more than its process. @throws Error if it runs. */
    readonly start: () => void;
    /** Ends it at once, if it runs, as a power cut does, and waits until it is gone. */
    readonly kill: () => Promise<void>;
    /** Lets it hang: its address answers and its connections stay, and no more comes of them. */
    readonly pause: () => void;
    /** Lets a daemon that hangs go on where it was. */
    readonly resume: () => void;
    /** Rejects when it ends without having been told to; never settles otherwise. */
    readonly broken: Promise<never>;
}

/**
 * A daemon that does not run yet.
 *
 * @param logFile takes its standard output and error.
 */
export function clusterDaemon(
    name: string,
    command: readonly [string, ...string[]],
    logFile: string,
): ClusterDaemon {
    let running: Daemon | undefined;
    let reportEnd: (error: Error) => void;
    const broken = new Promise<never>((_, reject) => {
        reportEnd = reject;
    });
    // Whoever starts a cluster waits for this together with his own work.
    broken.catch(() => {});
    const mustRun = () => {
        if (running === undefined) {
            throw new Error(`${name} does not run`);
        }
        return running;
    };
    return Object.freeze({
        name,
        broken,
        pid: () => mustRun().pid,
        start: () => {
            if (running !== undefined) {
                throw new Error(`${name} runs already`);
            }
            const started = startDaemon(name, command, logFile);
            running = started;
            void started.ended.then(() => {
                if (running === started) {
                    reportEnd(endedEarly(started));
                }
            });
        },
        kill: async () => {
            const ending = running;
            running = undefined;
            await ending?.kill();
        },
        pause: () => mustRun().signal('SIGSTOP'),
        resume: () => mustRun().signal('SIGCONT'),
    });
}
