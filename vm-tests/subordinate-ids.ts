import { readFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { Complaint } from './complaint.ts';

/** User or group ids that a user may map into a user namespace of his own (subuid(5)). */
export interface IdRange {
    readonly first: number;
    readonly count: number;
}

/** A Debian system uses ids up to 65535, `nobody` being 65534. */
const idsNeeded = 65536;

/**
 * The ranges of the user who runs this.
 *
 * @throws Complaint with the command that adds what is missing.
 */
export async function subordinateIds(): Promise<{
    readonly users: IdRange;
    readonly groups: IdRange;
}> {
    const { username, uid } = userInfo();
    const [userFile, groupFile] = await Promise.all(
        ['/etc/subuid', '/etc/subgid'].map((file) => readFile(file, 'utf8').catch(() => '')),
    );
    const users = rangeFor(userFile ?? '', username, uid);
    const groups = rangeFor(groupFile ?? '', username, uid);
    if (users === undefined || groups === undefined) {
        const first = Math.max(firstFree(userFile ?? ''), firstFree(groupFile ?? ''));
        const range = `${first}-${first + idsNeeded - 1}`;
        throw new Complaint(
            `${username} has no ${idsNeeded} subordinate user and group ids, which the root image is made with.` +
                ` As root: usermod --add-subuids ${range} --add-subgids ${range} ${username}`,
        );
    }
    return { users, groups };
}

/** The first range in a subuid file that belongs to the user and is long enough. */
export function rangeFor(file: string, username: string, uid: number): IdRange | undefined {
    return rangesIn(file).find(
        ({ owner, count }) => (owner === username || owner === String(uid)) && count >= idsNeeded,
    );
}

/** Where the next range can begin: behind all others, and not below what useradd(8) hands out. */
export function firstFree(file: string): number {
    return Math.max(100_000, ...rangesIn(file).map(({ first, count }) => first + count));
}

function rangesIn(file: string): readonly (IdRange & { readonly owner: string })[] {
    return file
        .split('\n')
        .map((line) => line.split(':'))
        .filter((fields) => fields.length === 3)
        .map(([owner = '', first, count]) => ({
            owner,
            first: Number(first),
            count: Number(count),
        }));
}
