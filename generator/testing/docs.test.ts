import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ModuleKind, ModuleResolutionKind, Project, ScriptTarget, ts } from 'ts-morph';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

interface Fence {
    readonly page: string;
    /** Of the line after the opening one, counted from 1. */
    readonly line: number;
    /** As the text before it calls the file, or else one of its own. */
    readonly name: string;
    readonly text: string;
}

/** The pieces of TypeScript in a page, indented ones of lists included. */
function fencesOf(page: string): readonly Fence[] {
    const text = readFileSync(join(root, page), 'utf8');
    return [...text.matchAll(/^( *)```ts\n([\s\S]*?)^\1```$/gm)].map((match) => {
        const before = text.slice(0, match.index).split('\n');
        const said = before.findLast((line) => line.trim() !== '') ?? '';
        const line = before.length + 1;
        return {
            page,
            line,
            name: /`([\w.-]+\.ts)`:?$/.exec(said)?.[1] ?? `line-${line}.ts`,
            text: (match[2] ?? '').replaceAll(new RegExp(`^${match[1]}`, 'gm'), ''),
        };
    });
}

/** What the compiler says of the pieces of a page, which may import one another. */
function faultsIn(page: string): readonly string[] {
    const project = new Project({
        compilerOptions: {
            strict: true,
            noEmit: true,
            skipLibCheck: true,
            allowImportingTsExtensions: true,
            target: ScriptTarget.ES2023,
            lib: ['lib.es2023.d.ts'],
            module: ModuleKind.ESNext,
            moduleResolution: ModuleResolutionKind.Bundler,
            types: ['node'],
            paths: { rbdboot: [join(root, 'generator/index.ts')] },
        },
        skipAddingFilesFromTsConfig: true,
    });
    const written = fencesOf(page).map((fence) => ({
        fence,
        // As if they were beside the scenarios, so that one of those can be shown as it is written.
        file: project.createSourceFile(join(root, 'vm-tests/scenarios', fence.name), fence.text, {
            overwrite: true,
        }),
    }));
    return written.flatMap(({ fence, file }) =>
        file.getPreEmitDiagnostics().map((diagnostic) => {
            const line = fence.line + (diagnostic.getLineNumber() ?? 1) - 1;
            const { messageText } = diagnostic.compilerObject;
            return `${page}:${line}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
        }),
    );
}

const pages = ['README.md', ...readdirSync(join(root, 'docs'), { recursive: true })]
    .map((name, index) => (index === 0 ? String(name) : join('docs', String(name))))
    .filter((name) => name.endsWith('.md') && fencesOf(name).length > 0);

it('finds pages with TypeScript in them', () => {
    expect(pages).toContain('README.md');
});

it.each(pages)('the TypeScript in %s compiles', { timeout: 60_000 }, (page) => {
    expect(faultsIn(page)).toEqual([]);
});
