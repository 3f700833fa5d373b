import { dirname } from 'node:path';
import { ts } from 'ts-morph';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { ConfigProject } from './project.ts';

/**
 * What the compiler has to say about a configuration and the local files that it imports, in the
 * compiler's words. If there are syntax errors, those alone: the rest would follow from them.
 *
 * @param types as for `openConfigProject`; what lies beside it is ours and is not checked again.
 */
export function checkConfigProject(config: ConfigProject, types: string): readonly Diagnostic[] {
    const program = config.project.getProgram().compilerObject;
    const files = program
        .getSourceFiles()
        .filter(
            (file) => !file.isDeclarationFile && !file.fileName.startsWith(`${dirname(types)}/`),
        );
    const syntax = files.flatMap((file) => program.getSyntacticDiagnostics(file));
    const found =
        syntax.length > 0 ? syntax : files.flatMap((file) => program.getSemanticDiagnostics(file));
    return found.map(toDiagnostic);
}

function toDiagnostic(from: ts.Diagnostic): Diagnostic {
    const message = ts.flattenDiagnosticMessageText(from.messageText, '\n');
    const type = Object.keys(hintsOfTypes).find((name) => message.includes(`'${name}`));
    const hint = hints[from.code] ?? (type === undefined ? undefined : hintsOfTypes[type]);
    return {
        code: `TS${from.code}`,
        severity: 'error',
        message,
        ...(hint === undefined ? {} : { hint }),
        ...(from.file === undefined
            ? {}
            : { location: locatePosition(from.file, from.start ?? 0) }),
    };
}

function locatePosition(file: ts.SourceFile, position: number): Diagnostic['location'] & object {
    const { line, character } = ts.getLineAndCharacterOfPosition(file, position);
    return { file: file.fileName, line: line + 1, column: character + 1 };
}

const noPlatform =
    'a configuration is plain data: it is checked without the types of Node and of browsers';

/** Where the compiler's own advice would lead a configuration astray. */
const hints: Readonly<Record<number, string>> = {
    2304: 'it is neither defined in this file nor imported into it',
    2580: noPlatform,
    2584: noPlatform,
    2591: noPlatform,
};

/** Where the compiler names a type of ours whose name does not say how a value is written. */
const hintsOfTypes: Readonly<Record<string, string>> = {
    DurationText: 'a duration is a text with its unit: "30s", "2m" or "1h"',
    SizeText: 'a size is a text with its unit: "64K", "512M" or "10G"',
};
