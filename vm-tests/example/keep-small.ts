import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { filesIn } from '../files-in.ts';

/** What is kept of a bundle as an example. The rest is large, or has nothing for people to read. */
const kept =
    /^(?:summary\.md|env\.json|timeline\.json|machine\/(?:console\.txt|dhcp\.txt|http\.jsonl|initrd\.list|qemu\.argv|screen\.png)|ceph\/(?:status|osd-dump|rbd-.*)\.txt)$/;

/** Takes out of a bundle what is not for an example, and its mention in the summary. */
export async function keepSmall(directory: string): Promise<void> {
    const gone = Object.keys(await filesIn(directory)).filter((file) => !kept.test(file));
    for (const file of gone) {
        await rm(join(directory, file));
    }
    const summary = join(directory, 'summary.md');
    const lines = (await readFile(summary, 'utf8')).split('\n');
    const rest = lines.filter((line) => !gone.some((file) => line === `- [${file}](${file})`));
    await writeFile(summary, rest.join('\n'));
    await withoutConsole(join(directory, 'timeline.json'));
}

/** The console stands in a file of its own, and makes up nearly all of the timeline. */
async function withoutConsole(file: string): Promise<void> {
    const machines: { observations: { source: string; text: string }[] }[] = JSON.parse(
        await readFile(file, 'utf8'),
    );
    const shorter = machines.map(({ observations, ...rest }) => ({
        ...rest,
        observations: observations.filter(
            ({ source, text }) => source !== 'console' || text.startsWith('rbdboot'),
        ),
    }));
    await writeFile(file, `${JSON.stringify(shorter, undefined, 1)}\n`);
}
