import { execa } from 'execa';
import { searchPath } from '../programs.ts';
import { type Unanswered, unanswered } from './unanswered.ts';

/**
 * What the machine with these NICs asked for in a capture, and nobody answered. What others asked
 * comes by as well, and is left out; a DHCP server may answer to all.
 *
 * @throws Error if tcpdump cannot read the file.
 */
export async function unansweredIn(
    capture: string,
    macs: readonly string[],
): Promise<readonly Unanswered[]> {
    const own = [...macs.map((mac) => `ether host ${mac}`), 'udp src port 67'].join(' or ');
    // As another user, which is what it becomes by itself, it could not read the file.
    const words = ['-nn', '-tt', '-Z', 'root', '-r', capture, own];
    const { stdout } = await execa('tcpdump', words, { env: { PATH: searchPath() } });
    return unanswered(stdout.split('\n'));
}
