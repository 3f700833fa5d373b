import {
    type InterfaceDeclaration,
    type JSDoc,
    type JSDocableNode,
    Node,
    Project,
    type PropertySignature,
    type SourceFile,
    ts,
} from 'ts-morph';

/** A key of an interface, for a table. */
export interface DescribedKey {
    readonly name: string;
    readonly required: boolean;
    /** As the source has it, on one line. */
    readonly type: string;
    /** What TSDoc says under `@defaultValue`. */
    readonly defaultValue?: string;
    readonly meaning: string;
}

export interface DescribedInterface {
    readonly name: string;
    readonly summary: string;
    readonly keys: readonly DescribedKey[];
}

/** What a package exports, read off its source. */
export interface PublicInterface {
    describe(name: string): DescribedInterface;
    /** One declaration an entry, without comments and bodies, in the order of their names. */
    signatures(): readonly string[];
}

/**
 * @param entry absolute path of the file that a package exports.
 * @param tsConfigFilePath absolute path of the project's tsconfig.json.
 */
export function openPublicInterface(entry: string, tsConfigFilePath: string): PublicInterface {
    const project = new Project({ tsConfigFilePath, skipAddingFilesFromTsConfig: true });
    const source = project.addSourceFileAtPath(entry);
    project.resolveSourceFileDependencies();
    return Object.freeze({
        describe: (name: string) => describeInterface(findInterface(source, name)),
        signatures: () => signaturesOf(source, ''),
    });
}

function findInterface(source: SourceFile, name: string): InterfaceDeclaration {
    const found = source.getExportedDeclarations().get(name)?.find(Node.isInterfaceDeclaration);
    if (found === undefined) {
        throw new Error(`${source.getBaseName()} exports no interface ${name}`);
    }
    return found;
}

function describeInterface(declaration: InterfaceDeclaration): DescribedInterface {
    return {
        name: declaration.getName(),
        summary: textOf(declaration, declaration.getName()),
        keys: declaration
            .getProperties()
            .map((property) => describeKey(property, declaration.getName())),
    };
}

/** @throws Error if nothing is said of the key: everything that users write is documented. */
function describeKey(property: PropertySignature, owner: string): DescribedKey {
    const name = property.getName();
    const value = property
        .getJsDocs()
        .flatMap((doc) => doc.getTags())
        .find((tag) => tag.getTagName() === 'defaultValue');
    return {
        name,
        required: !property.hasQuestionToken(),
        type: oneLine(property.getTypeNodeOrThrow().getText()),
        ...(value === undefined ? {} : { defaultValue: oneLine(value.getCommentText() ?? '') }),
        meaning: textOf(property, `${owner}.${name}`),
    };
}

function textOf(node: JSDocableNode, what: string): string {
    const text = node.getJsDocs().map(descriptionOf).join(' ').trim();
    if (text === '') {
        throw new Error(`${what} has no documentation: write a TSDoc comment above it`);
    }
    return text;
}

function descriptionOf(doc: JSDoc): string {
    return oneLine(doc.getDescription()).replaceAll(/\{@link (\w+)\}/g, '`$1`');
}

function oneLine(text: string): string {
    return text.replaceAll(/\s+/g, ' ').trim();
}

function signaturesOf(source: SourceFile, prefix: string): readonly string[] {
    const printed = [...source.getExportedDeclarations()].flatMap(([name, declarations]) =>
        declarations.flatMap((declaration) =>
            Node.isSourceFile(declaration)
                ? signaturesOf(declaration, `${name}.`)
                : [`${prefix}${name}\n    ${printSignature(declaration)}`],
        ),
    );
    return printed.sort();
}

function printSignature(node: Node): string {
    if (Node.isFunctionDeclaration(node)) {
        const types = node.getTypeParameters().map((one) => oneLine(one.getText()));
        const parameters = node.getParameters().map((one) => oneLine(one.getText()));
        const generic = types.length > 0 ? `<${types.join(', ')}>` : '';
        const written = node.getReturnTypeNode()?.getText();
        const result = oneLine(written ?? typeText(node.getReturnType().getText(node)));
        return `function${generic}(${parameters.join(', ')}): ${result}`;
    }
    if (Node.isVariableDeclaration(node)) {
        const type = node.getType().getText(node, ts.TypeFormatFlags.NoTruncation);
        return `const: ${oneLine(typeText(type))}`;
    }
    const printer = ts.createPrinter({ removeComments: true });
    const text = printer.printNode(
        ts.EmitHint.Unspecified,
        node.compilerNode,
        node.getSourceFile().compilerNode,
    );
    return text.replace(/^export /, '').replaceAll('\n', '\n    ');
}

/** Without the absolute paths that the compiler names types with that are not imported. */
function typeText(text: string): string {
    return text.replaceAll(/import\("[^"]*"\)\./g, '');
}
