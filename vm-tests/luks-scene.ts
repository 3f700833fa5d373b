// What scenarios with a root in a LUKS container have in common.
import { randomBytes } from 'node:crypto';
import { expect } from 'vitest';
import type { BootedMachine } from './booted-machine.ts';
import { writeImage } from './cluster/provision.ts';
import { type LuksImages, luksImages } from './images/luks-images.ts';
import type { SerialConsole } from './qemu/serial-console.ts';
import type { Scene } from './scenario-scene.ts';
import { smallRootRuns } from './until.ts';

/** Puts a container, or the same without one, in the place of the image of the scenario's machine. */
export async function putContainer(
    { guard, host, lab }: Scene,
    kind: keyof LuksImages['files'],
): Promise<LuksImages> {
    // The key file first: the configuration names it.
    const images = await luksImages(lab);
    guard(Buffer.from(images.passphrase).toString('base64'));
    guard(images.key);
    await writeImage(lab.cluster, (await host()).image, images.files[kind]);
    return images;
}

/** Types a passphrase where the boot script asks for one. @param count 1 for its first question. */
export async function answer(
    person: SerialConsole,
    count: number,
    passphrase: string,
): Promise<void> {
    const question = `type the passphrase for /dev/rbd\\d+ at ttyS0, try ${count} of 3:\\n`;
    await person.waitFor(new RegExp(question), 120);
    person.type(passphrase);
}

/** The system on the image says that it is in the container, and that it found none of the secrets. */
export async function startsInContainer(machine: BootedMachine): Promise<void> {
    expect(await smallRootRuns(machine)).toMatchObject({ source: '/dev/mapper/root' });
    const nothing = /^small root: secrets left in: nothing$/;
    await machine.console.shows('what was left of the secrets', nothing, 60);
}

/** A passphrase that opens nothing, which nothing that is printed may have either. */
export function wrongPassphrase({ guard }: Scene): string {
    const passphrase = `wrong horse ${randomBytes(9).toString('base64')}`;
    guard(Buffer.from(passphrase).toString('base64'));
    return passphrase;
}
