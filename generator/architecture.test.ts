import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * What each folder of generator/ may import from the others. Data flows one way, so the table has
 * no circles; `cli` alone puts everything together.
 */
const mayImport: Readonly<Record<string, readonly string[]>> = {
    diagnostics: [],
    sh: [],
    model: ['diagnostics'],
    typescript: ['diagnostics'],
    plan: ['model', 'sh', 'diagnostics'],
    steps: ['plan', 'sh', 'model', 'diagnostics'],
    targets: ['steps', 'plan', 'sh', 'model', 'diagnostics'],
    netboot: ['steps', 'plan', 'model', 'diagnostics'],
    config: ['model', 'diagnostics', 'typescript'],
    emit: ['model', 'diagnostics'],
    cli: [
        'config',
        'emit',
        'targets',
        'netboot',
        'steps',
        'plan',
        'sh',
        'typescript',
        'model',
        'diagnostics',
    ],
    // The public interface, index.ts.
    index: ['config', 'plan', 'steps', 'sh', 'model'],
};

/** Types alone: they are gone when the code runs, and only `config` describes what others build. */
const mayImportTypes: Readonly<Record<string, readonly string[]>> = { config: ['plan'] };

/** Folders that touch the disk or start programs; all others are pure. */
const doesInputOutput = ['config', 'emit', 'typescript', 'cli'];
const inputOutput =
    /^(node:)?(fs|fs\/promises|child_process|net|http|https|dgram|worker_threads)$|^execa$/;

/** Packages that one folder keeps to itself, so that it alone changes when they do. */
const keptTo: Readonly<Record<string, readonly string[]>> = {
    'ts-morph': ['typescript'],
    typescript: [],
    jiti: ['config'],
    commander: ['cli'],
    diff: ['emit'],
};

// What node:net has for addresses is pure, and the model needs it.
const pureNames: Readonly<Record<string, readonly string[]>> = {
    'node:net': ['isIP', 'isIPv4', 'isIPv6', 'BlockList', 'SocketAddress'],
};

interface Import {
    readonly file: string;
    readonly line: number;
    readonly from: string;
    readonly names: readonly string[];
    readonly typesOnly: boolean;
}

function readImports(file: string): readonly Import[] {
    const text = readFileSync(join(root, file), 'utf8');
    const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
    const found: Import[] = [];
    const add = (node: ts.Node, from: ts.Expression, names: readonly string[], types: boolean) => {
        const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
        const specifier = ts.isStringLiteralLike(from) ? from.text : '';
        found.push({ file, line, from: specifier, names, typesOnly: types });
    };
    const visit = (node: ts.Node): void => {
        if (ts.isImportDeclaration(node)) {
            const bindings = node.importClause?.namedBindings;
            const elements =
                bindings && ts.isNamedImports(bindings) ? bindings.elements.map((e) => e) : [];
            const typesOnly =
                node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword ||
                (elements.length > 0 && elements.every(({ isTypeOnly }) => isTypeOnly));
            const names = elements.map(({ name, propertyName }) => (propertyName ?? name).text);
            add(node, node.moduleSpecifier, names, typesOnly);
        } else if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined) {
            add(node, node.moduleSpecifier, [], node.isTypeOnly);
        } else if (
            ts.isCallExpression(node) &&
            node.expression.kind === ts.SyntaxKind.ImportKeyword &&
            node.arguments[0] !== undefined
        ) {
            add(node, node.arguments[0], [], false);
        }
        ts.forEachChild(node, visit);
    };
    visit(source);
    return found;
}

/** `generator/emit/lock.ts` -> `emit`; `generator/index.ts` -> `index`. */
function folderOf(file: string): string {
    return (file.split(sep)[1] ?? '').replace(/\.ts$/, '');
}

function findBreach(one: Import): string | undefined {
    const folder = folderOf(one.file);
    if (one.from.startsWith('.')) {
        const target = folderOf(relative(root, join(root, dirname(one.file), one.from)));
        const allowed = [
            folder,
            ...(mayImport[folder] ?? []),
            ...(one.typesOnly ? (mayImportTypes[folder] ?? []) : []),
        ];
        return allowed.includes(target)
            ? undefined
            : `${folder}/ may import ${mayImport[folder]?.join(', ') || 'no other folder'}, not ${target}/`;
    }
    const owners = keptTo[one.from];
    if (owners !== undefined && !owners.includes(folder)) {
        return `only ${owners.join(', ') || 'tests'} may import ${one.from}`;
    }
    const pure = pureNames[one.from];
    const isPure = pure !== undefined && one.names.every((name) => pure.includes(name));
    if (inputOutput.test(one.from) && !one.typesOnly && !isPure) {
        return doesInputOutput.includes(folder)
            ? undefined
            : `${folder}/ is pure and may not import ${one.from}`;
    }
    return undefined;
}

const files = readdirSync(join(root, 'generator'), { recursive: true, encoding: 'utf8' })
    .map((file) => join('generator', file))
    .filter(
        (file) =>
            file.endsWith('.ts') && !/\.test(-d)?\.ts$/.test(file) && folderOf(file) !== 'testing',
    )
    .sort();
const imports = files.flatMap(readImports);

it('reads the imports', () => {
    expect(files.length).toBeGreaterThan(40);
    expect(imports.length).toBeGreaterThan(files.length);
});

it('knows every folder', () => {
    const folders = [...new Set(files.map(folderOf))].sort();
    expect(Object.keys(mayImport).sort()).toEqual(expect.arrayContaining(folders));
});

it('has no import that goes up or sideways, or reaches for the world', () => {
    const breaches = imports.flatMap((one) => {
        const breach = findBreach(one);
        return breach === undefined ? [] : [`${one.file}:${one.line}: ${breach}`];
    });
    expect(breaches).toEqual([]);
});

it('has a table without circles', () => {
    const order: string[] = [];
    const visit = (folder: string, path: readonly string[]): void => {
        expect(path, `a circle: ${[...path, folder].join(' -> ')}`).not.toContain(folder);
        for (const next of mayImport[folder] ?? []) {
            visit(next, [...path, folder]);
        }
        order.push(folder);
    };
    Object.keys(mayImport).forEach((folder) => {
        visit(folder, []);
    });
});

it('lets no target be named above the targets', () => {
    const above = files.filter((file) => ['plan', 'steps', 'sh', 'model'].includes(folderOf(file)));
    const named = above.filter((file) =>
        readImports(file).some(({ from }) => /initramfs-tools|dracut|standalone/.test(from)),
    );
    expect(named).toEqual([]);
});

it.each([
    [{ from: '../cli/main.ts' }, 'model/ may import diagnostics, not cli/'],
    [{ from: 'node:fs' }, 'model/ is pure and may not import node:fs'],
    [{ from: 'node:net', names: ['isIPv4'] }, undefined],
    [{ from: 'node:net', names: ['createServer'] }, 'model/ is pure and may not import node:net'],
    [{ from: 'ts-morph', typesOnly: true }, 'only typescript may import ts-morph'],
])('%j gives %j', (change, breach) => {
    const one = { file: 'generator/model/x.ts', line: 1, names: [], typesOnly: false };
    expect(findBreach({ ...one, ...change })).toBe(breach);
});
