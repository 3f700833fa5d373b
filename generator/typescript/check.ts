import { dirname } from 'node:path';
import { ts } from 'ts-morph';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { hintFor } from './hints.ts';
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
    const hint = hintFor(from.code, message);
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
