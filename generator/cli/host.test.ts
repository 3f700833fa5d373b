import {
    chmodSync,
    lstatSync,
    mkdtempSync,
    readdirSync,
    readFileSync,
    rmSync,
    statSync,
    symlinkSync,
    writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createProgram } from './program.ts';
import { writeConfiguration } from './write-configuration.ts';

const good = `import { defineBoot } from 'rbdboot';

export default defineBoot({
    cluster: {
        fsid: '7b0c5c1e-6f0f-4a5e-9f55-0d4c3b1a2e90',
        monitors: ['10.77.0.10'],
        client: 'desks',
    },
    hosts: {
        desk1:   { mac: '52:54:00:12:34:01', image: 'rbd/hosts/desk1', filesystem: 'ext4' }, // Anna
        // behind the door
        desk2: { mac: '52:54:00:12:34:02', image: 'rbd/hosts/desk2', filesystem: 'ext4' },
    },
});
`;

let folder: string;
let file: string;
beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'rbdboot-host-'));
    file = join(folder, 'boot.config.ts');
    writeFileSync(file, good);
});
afterEach(() => {
    rmSync(folder, { recursive: true });
    process.exitCode = undefined;
});

/** The command in this process, which has the compiler loaded already. */
async function host(...args: readonly string[]) {
    const written = { stdout: '', stderr: '' };
    const spies = (['stdout', 'stderr'] as const).map((name) =>
        vi.spyOn(process[name], 'write').mockImplementation((text) => {
            written[name] += text;
            return true;
        }),
    );
    try {
        await createProgram().parseAsync(['host', ...args, '--config', file], { from: 'user' });
    } finally {
        for (const spy of spies) {
            spy.mockRestore();
        }
    }
    return { exitCode: process.exitCode, ...written };
}

const desk3 = ['desk3', '--mac', '52:54:00:12:34:03', '--image', 'rbd/hosts/desk3'];
const line3 = `        desk3: { mac: '52:54:00:12:34:03', image: 'rbd/hosts/desk3', filesystem: 'ext4' },\n`;
const lastLine = /^ {8}desk2.*\n/m;

describe('rbdboot host', { timeout: 60_000 }, () => {
    it('adds a host, and takes it away again', async () => {
        chmodSync(file, 0o640);
        expect(await host('add', ...desk3)).toMatchObject({ exitCode: 0, stderr: '' });
        expect(readFileSync(file, 'utf8')).toBe(
            good.replace(lastLine, (line) => `${line}${line3}`),
        );
        expect(statSync(file).mode & 0o7777).toBe(0o640);
        expect(await host('remove', 'desk3')).toMatchObject({ exitCode: 0 });
        expect(readFileSync(file, 'utf8')).toBe(good);
        expect(readdirSync(folder)).toEqual(['boot.config.ts']);
    });

    it('shows what it would do', async () => {
        const { exitCode, stdout } = await host('remove', 'desk2', '--dry-run');
        expect(exitCode).toBe(0);
        expect(stdout).toContain('-        // behind the door\n-        desk2: {');
        expect(readFileSync(file, 'utf8')).toBe(good);
    });

    it('sets one value, in the file behind a symbolic link', async () => {
        const target = join(folder, 'real.config.ts');
        writeFileSync(target, good);
        rmSync(file);
        symlinkSync('real.config.ts', file);
        const { exitCode } = await host('set', 'desk1', 'mapOptions.queue_depth', '256');
        expect(exitCode).toBe(0);
        expect(lstatSync(file).isSymbolicLink()).toBe(true);
        expect(readFileSync(target, 'utf8')).toBe(
            good.replace("'ext4' }", "'ext4', mapOptions: { queue_depth: 256 } }"),
        );
    });

    it.each<[string, readonly string[], readonly string[]]>([
        ['a name that there is', ['add', 'desk1', ...desk3.slice(1)], ['RB126', 'host set desk1']],
        [
            'a MAC address and an image that another has',
            ['add', 'desk3', '--mac', '52-54-00-12-34-01', '--image', 'rbd/hosts/desk1'],
            ['RB108', 'RB109'],
        ],
        [
            'a refused value',
            ['add', ...desk3, '--kernel-arguments', 'quiet', 'x.secret=y'],
            ['RB107: hosts.desk3.kernelArguments[1]', 'it holds a key'],
        ],
        ['a file system of another kind', ['add', ...desk3, '--filesystem', 'zfs'], ['RB107']],
        ['no such host', ['remove', 'desk'], ['RB110', 'did you mean "desk']],
        ['no such key', ['set', 'desk1', 'imgae', 'rbd/a'], ['RB104', 'did you mean "image"?']],
        ['a number that is none', ['set', 'desk1', 'mapOptions.queue_depth', 'x'], ['RB107']],
        ['a function', ['set', 'desk1', 'plan', 'standard'], ['RB107', 'by hand']],
        [
            'what only the check of the result sees',
            ['set', 'desk1', 'mac', '52:54:00:12:34:02'],
            ['RB108', '(the configuration was not changed)'],
        ],
    ])('refuses %s', async (_, args, words) => {
        const { exitCode, stdout, stderr } = await host(...args);
        expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
        for (const word of words) {
            expect(stderr).toContain(word);
        }
        expect(readFileSync(file, 'utf8')).toBe(good);
    });

    it('gives the text to paste where it does not see the hosts', async () => {
        const made = good
            .replace('hosts: {', 'hosts: { ...made(),')
            .replace('export default', 'const made = () => ({});\nexport default');
        writeFileSync(file, made);
        const { exitCode, stderr } = await host('add', ...desk3);
        expect(exitCode).toBe(1);
        expect(stderr).toContain('RB125');
        expect(stderr).toContain(`hint: add under "hosts": ${line3.trim()}`);
        expect(readFileSync(file, 'utf8')).toBe(made);
    });

    it('does not touch what is no UTF-8', async () => {
        const latin = Buffer.from(good.replace('// Anna', '// J\u00fcrgen'), 'latin1');
        writeFileSync(file, latin);
        expect((await host('remove', 'desk2')).stderr).toContain('RB125');
        expect(readFileSync(file).equals(latin)).toBe(true);
    });

    it('lists the hosts', async () => {
        expect((await host('list')).stdout).toBe(
            'desk1  52:54:00:12:34:01  rbd/hosts/desk1\ndesk2  52:54:00:12:34:02  rbd/hosts/desk2\n',
        );
        expect(JSON.parse((await host('list', '--json')).stdout)).toMatchObject({
            ok: true,
            hosts: [{ name: 'desk1', plan: 'standard' }, { name: 'desk2' }],
        });
    });
});

describe('writeConfiguration', () => {
    it('leaves a file that somebody else has changed', () => {
        const before = readFileSync(file);
        writeFileSync(file, `${good}// more\n`);
        expect(writeConfiguration(file, before, good)).toMatchObject({
            diagnostics: [{ code: 'RB305' }],
        });
        expect(readFileSync(file, 'utf8')).toBe(`${good}// more\n`);
    });
});
