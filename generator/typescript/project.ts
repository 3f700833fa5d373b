import { ModuleKind, ModuleResolutionKind, Project, ScriptTarget, type SourceFile } from 'ts-morph';

/** A configuration file in a compiler project of its own. */
export interface ConfigProject {
    readonly project: Project;
    readonly source: SourceFile;
}

/**
 * Opens one configuration file for the compiler.
 *
 * The options stand here, and the user's tsconfig.json is not read: what a configuration means must
 * not depend on the folder in which it lies. The library is ECMAScript alone, since the types of
 * the DOM and of Node cost most of a second and a configuration needs neither.
 *
 * @param file absolute path of an existing file.
 * @param types absolute path of what `import … from 'rbdboot'` stands for.
 * @param text in place of what the file holds: for a change that is not written yet.
 */
export function openConfigProject(file: string, types: string, text?: string): ConfigProject {
    const project = new Project({
        compilerOptions: {
            strict: true,
            noEmit: true,
            skipLibCheck: true,
            allowJs: true,
            checkJs: true,
            allowImportingTsExtensions: true,
            resolveJsonModule: true,
            target: ScriptTarget.ES2022,
            lib: ['lib.es2022.d.ts'],
            module: ModuleKind.ESNext,
            moduleResolution: ModuleResolutionKind.Bundler,
            types: [],
            paths: { rbdboot: [types] },
        },
        skipAddingFilesFromTsConfig: true,
        skipFileDependencyResolution: true,
    });
    const source =
        text === undefined
            ? project.addSourceFileAtPath(file)
            : project.createSourceFile(file, text, { overwrite: true });
    return { project, source };
}
