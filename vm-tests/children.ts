import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** A process that runs until it is stopped. */
export interface Daemon {
    readonly name: string;
    readonly command: readonly [string, ...string[]];
    readonly pid: number;
    /** Settles, never rejects, when the process ends: with how it ended, in words. */
    readonly ended: Promise<string>;
    /** How it ended, if it has. */
    readonly ending: () => string | undefined;
    readonly logFile: string;
    /** Sends it a signal, if it could be started and has not ended. */
    readonly signal: (name: NodeJS.Signals) => void;
    /** Ends it at once, as a power cut does, and waits until it is gone. */
    readonly kill: () => Promise<void>;
}

/**
 * Starts a daemon in the foreground. It needs no guard of its own against a harness that is killed:
 * everything in the namespace ends with that.
 *
 * @param logFile takes its standard output and error.
 */
export function startDaemon(
    name: string,
    command: readonly [string, ...string[]],
    logFile: string,
): Daemon {
    const [program, ...options] = command;
    const log = openSync(logFile, 'a', 0o600);
    // A core that it leaves is found beside its log.
    const child = spawn(program, options, {
        cwd: dirname(resolve(logFile)),
        stdio: ['ignore', log, log],
    });
    closeSync(log);
    let ending: string | undefined;
    const ended = howItEnds(child).then((words) => {
        ending = words;
        return words;
    });
    return Object.freeze({
        name,
        command,
        pid: child.pid ?? -1,
        ended,
        ending: () => ending,
        logFile,
        signal: (word: NodeJS.Signals) => {
            child.kill(word);
        },
        kill: async () => {
            child.kill('SIGKILL');
            await ended;
        },
    });
}

/** An error that says that a daemon has ended, with the last lines of its log. */
export function endedEarly(daemon: Daemon): Error {
    const lines = readFileSync(daemon.logFile, 'utf8').trimEnd().split('\n').slice(-12);
    return new Error(`${daemon.name} ${daemon.ending() ?? 'is gone'}:\n${lines.join('\n')}`);
}

/** Waits for something of a daemon's, and fails as soon as that ends. */
export async function whileRunning<T>(daemon: Daemon, work: Promise<T>): Promise<T> {
    return Promise.race([work, endOf(daemon)]);
}

/** Rejects when a daemon ends; never settles otherwise. */
export async function endOf(daemon: Daemon): Promise<never> {
    await daemon.ended;
    throw endedEarly(daemon);
}

function howItEnds(child: ChildProcess): Promise<string> {
    return new Promise((resolve) => {
        child.on('error', (error) => resolve(`could not be started: ${error.message}`));
        child.on('exit', (status, signal) =>
            resolve(
                signal === null ? `ended with status ${status}` : `was ended by signal ${signal}`,
            ),
        );
    });
}
