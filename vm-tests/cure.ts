import { execa } from 'execa';
import type { ClusterAccess } from './cluster/start.ts';

/**
 * The command in what a boot script tells its reader to do: in double quotes, or the rest of it
 * behind a colon.
 *
 * @throws Error if there is none.
 */
export function commandIn(cure: string, program: 'ceph' | 'rbd'): string {
    const quoted = new RegExp(`"(?<command>${program} [^"]*)"`).exec(cure);
    const rest = new RegExp(`: (?<command>${program} .*)$`).exec(cure);
    const command = quoted?.groups?.command ?? rest?.groups?.command;
    if (command === undefined) {
        throw new Error(`there is no command of ${program} in: ${cure}`);
    }
    return command;
}

/** Runs a command just as it stood on the console, as the administrator of the cluster. */
export async function runCure({ conf }: ClusterAccess, command: string): Promise<void> {
    await execa('sh', ['-c', command], { env: { CEPH_CONF: conf } });
}
