import { join } from 'node:path';
import { loadSite } from '../../config/load.ts';
import { success } from '../../diagnostics/diagnostic.ts';
import { type WrittenFile, writeGenerated } from '../../emit/write-generated.ts';
import type { EmittedFile } from '../../model/emitted-file.ts';
import { traceInitramfsTools } from '../../targets/initramfs-tools/emit.ts';
import { type ExitCode, finish, type Result } from '../output.ts';
import { sourceMap, sourceMapFile, sourceMapName } from '../source-map.ts';
import { chooseSubject } from '../subject.ts';

export interface GenerateOptions {
    readonly out: string;
    readonly config: string;
    /** The first host of the configuration if left out, or all if one initrd serves them. */
    readonly host?: string;
    readonly json: boolean;
}

/**
 * `rbdboot generate`: writes the hook and the boot scripts of one host into a source tree, to be
 * looked at, reviewed, or copied to a machine without Node.js.
 */
export async function generate(options: GenerateOptions): Promise<ExitCode> {
    const site = await loadSite(options.config);
    if (!site.ok) {
        return finish(site, options.json);
    }
    const [first] = site.value.hosts;
    const name = options.host ?? (site.value.initrd === 'shared' ? undefined : first?.name);
    const chosen = chooseSubject(site.value, name);
    if (!chosen.ok) {
        return finish(chosen, options.json);
    }
    const { subject, host } = chosen.value;
    const emitted = traceInitramfsTools(site.value, subject);
    if (!emitted.ok) {
        return finish(emitted, options.json);
    }
    const { files: installed, spans } = emitted.value;
    const map = await sourceMap(site.value, host, spans);
    const files = [
        ...installed.flatMap(inSourceTree),
        sourceMapFile(join('scripts/initramfs-tools', sourceMapName), map),
    ];
    const written = writeGenerated(options.out, files);
    return finish(written.ok ? success(describe(written.value)) : written, options.json);
}

/** `etc/initramfs-tools/hooks/x` is `hooks/initramfs-tools/x` there; settings stay with `install`. */
function inSourceTree(file: EmittedFile): readonly EmittedFile[] {
    const match = /^etc\/initramfs-tools\/(hooks|scripts)\/(.+)$/.exec(file.path);
    const [, folder, rest] = match ?? [];
    return folder === undefined ? [] : [{ ...file, path: `${folder}/initramfs-tools/${rest}` }];
}

function describe(written: readonly WrittenFile[]): Result {
    const lines = written.map(
        ({ path, changed }) => `${changed ? 'wrote    ' : 'unchanged'} ${path}\n`,
    );
    return { text: lines.join(''), json: { files: written } };
}
