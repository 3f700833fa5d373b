import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Complaint } from './complaint.ts';
import { type Lab, state } from './lab.ts';

/** The file through which processes of the same namespace find the lab. It is in memory. */
const labFile = join(state, 'lab.json');

/** Lets other processes of the namespace use the lab. */
export async function publishLab(lab: Lab): Promise<void> {
    await writeFile(labFile, JSON.stringify(lab), { mode: 0o600 });
}

/** The lab of this namespace. */
export async function openLab(): Promise<Lab> {
    return JSON.parse(
        await readFile(labFile, 'utf8').catch(() => {
            throw new Complaint(
                'boot scenarios need their lab around them: run them with "make vm-test"',
            );
        }),
    );
}
