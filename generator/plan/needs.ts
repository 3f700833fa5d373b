import type { Statement } from '../sh/ast.ts';
import { walk } from '../sh/walk.ts';

/** What an initrd must carry for a script: read off the script itself, so there is no list to forget. */
export interface Needs {
    /** Absolute paths of programs to copy with their libraries. */
    readonly programs: readonly string[];
    /** Programs that are applets of busybox, or else programs of the root. */
    readonly applets: readonly string[];
    /** Programs that the initramfs has without us. */
    readonly given: readonly string[];
    readonly modules: readonly string[];
    /** Modules that a kernel may lack. */
    readonly optionalModules: readonly string[];
    /** One of the programs ends threads, for which glibc loads libgcc_s by name. */
    readonly endsThreads: boolean;
    /** Absolute paths of files to copy. */
    readonly files: readonly string[];
}

export function needsOf(statements: readonly Statement[]): Needs {
    const programs = new Set<string>();
    const applets = new Set<string>();
    const given = new Set<string>();
    const modules = new Set<string>();
    const optionalModules = new Set<string>();
    let endsThreads = false;
    const files = new Set<string>();
    walk(statements, {
        command(command) {
            if (command.kind !== 'call-program') {
                return;
            }
            const { source, name, path } = command.program;
            endsThreads ||= command.program.endsThreads === true;
            if (source === 'busybox') {
                applets.add(name);
            } else if (source === 'initramfs') {
                given.add(name);
            } else if (source === 'root' && path !== undefined) {
                programs.add(path);
            }
        },
        word({ parts }) {
            for (const part of parts) {
                if (part.kind === 'module') {
                    (part.optional === true ? optionalModules : modules).add(part.name);
                } else if (part.kind === 'file') {
                    files.add(part.path);
                }
            }
        },
    });
    return {
        programs: [...programs].sort(),
        applets: [...applets].sort(),
        given: [...given].sort(),
        // In the order of the script: it is the order in which they are loaded.
        modules: [...modules],
        optionalModules: [...optionalModules],
        endsThreads,
        files: [...files].sort(),
    };
}
