import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { type ImageReference, printImageReference } from '../../generator/model/image-reference.ts';
import { makeNamespaces } from '../cluster/golden.ts';
import type { Lab } from '../lab.ts';
import { oneAtATime } from '../reserve.ts';
import { makeLuksContainer } from './luks-container.ts';
import { smallRoot } from './small-root.ts';

/** One small root, in the clear and in containers, with keys of this run. */
export interface LuksImages {
    readonly files: Readonly<Record<'plain' | 'luks1' | 'luks2', string>>;
    readonly passphrase: string;
    /** What is in {@link luksKeyFile}, in base64 without line breaks. */
    readonly key: string;
    /** What stands in a file of the root. */
    readonly canary: string;
}

/** Where the sites name a key file: beside the keyrings, which this namespace alone sees. */
const luksKeyFile = '/etc/ceph/luks.key';

/** Of the sites whose images are made here; of a namespace alone its name counts. */
const namespaces = ['luks-passphrase', 'luks-key-file', 'luks-crypttab'].map(
    (namespace) => ({ pool: 'rbd', namespace, image: 'any' }) as ImageReference,
);

/** Makes the images and the key file, once in a run; 2 s. */
export function luksImages(lab: Lab): Promise<LuksImages> {
    return oneAtATime('making LUKS containers', () => make(lab));
}

async function make(lab: Lab): Promise<LuksImages> {
    const directory = join(lab.state, 'luks');
    const made = join(directory, 'made.json');
    if (existsSync(made)) {
        return JSON.parse(await readFile(made, 'utf8')) as LuksImages;
    }
    await makeNamespaces(lab.cluster, namespaces);
    // What somebody left who failed.
    await rm(directory, { recursive: true, force: true });
    await mkdir(directory, { mode: 0o700 });
    // A passphrase as a person might type it, and a key as /dev/urandom gives it.
    const passphrase = `correct horse ${randomBytes(9).toString('base64')}`;
    await writeFile(luksKeyFile, randomBytes(60), { mode: 0o600 });
    const key = (await readFile(luksKeyFile)).toString('base64');
    const canary = `canary ${randomBytes(18).toString('base64')}`;
    const file = (name: string) => join(directory, `${name}.raw`);
    const keys = { passphrase, keyFile: luksKeyFile };
    const contents = { secrets: [passphrase, key], canary };
    const plain = await smallRoot('ext4', join(directory, 'small'), {}, contents);
    await makeLuksContainer({ version: 'luks1' }, plain, file('luks1'), keys);
    await makeLuksContainer({ version: 'luks2' }, plain, file('luks2'), keys);
    const files = { plain, luks1: file('luks1'), luks2: file('luks2') };
    const images: LuksImages = { files, passphrase, key, canary };
    await writeFile(made, JSON.stringify(images), { mode: 0o600 });
    return images;
}

/** All bytes of an image, as the cluster has them. */
export async function exportImage({ cluster }: Lab, image: ImageReference): Promise<Buffer> {
    const { stdout } = await execa(
        'rbd',
        ['--conf', cluster.conf, 'export', '--no-progress', printImageReference(image), '-'],
        { encoding: 'buffer', maxBuffer: 256 << 20 },
    );
    return Buffer.from(stdout);
}
