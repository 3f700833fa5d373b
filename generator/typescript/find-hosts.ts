import { Node, type ObjectLiteralExpression, type SourceFile } from 'ts-morph';
import { declaredValue, defaultExport, resolveValue, writtenName } from './locate.ts';

export type Found<T> =
    | { readonly ok: true; readonly node: T }
    /** `reason` completes the sentence "the hosts cannot be edited: …". */
    | { readonly ok: false; readonly reason: string };

/** The object literal of the hosts, if all of it stands in this file as plain entries. */
export function findHosts(source: SourceFile): Found<ObjectLiteralExpression> {
    const spec = defaultExport(source);
    if (!Node.isObjectLiteralExpression(spec) || spec.getSourceFile() !== source) {
        return refuse('the default export is no object that is written in this file');
    }
    const hosts = spec.getProperties().filter((entry) => nameOf(entry) === 'hosts');
    const [entry] = hosts;
    if (entry === undefined || hosts.length > 1) {
        return refuse('there is no one entry "hosts" in the object that is exported');
    }
    const value = resolveValue(
        Node.isShorthandPropertyAssignment(entry)
            ? declaredValue(entry.getValueSymbol())
            : Node.isPropertyAssignment(entry)
              ? entry.getInitializer()
              : undefined,
    );
    if (Node.isCallExpression(value)) {
        return refuse(`"hosts" is what ${value.getExpression().getText()}() returns`);
    }
    if (!Node.isObjectLiteralExpression(value)) {
        return refuse('"hosts" is no object that is written in this file');
    }
    if (value.getSourceFile() !== source) {
        return refuse(`"hosts" is in another file, ${value.getSourceFile().getBaseName()}`);
    }
    const strange = value.getProperties().find((one) => nameOf(one) === undefined);
    if (strange !== undefined) {
        const what = Node.isSpreadAssignment(strange) ? 'a spread' : 'a computed name';
        return refuse(`among the hosts is ${what}, ${firstLine(strange)}`);
    }
    return { ok: true, node: value };
}

/** The entry of one host. */
export function findEntry(object: ObjectLiteralExpression, name: string): Node | undefined {
    return object.getProperties().findLast((entry) => nameOf(entry) === name);
}

/** The name as it is written; `undefined` for spreads and for what is computed. */
export function nameOf(entry: Node): string | undefined {
    if (Node.isPropertyAssignment(entry) || Node.isMethodDeclaration(entry)) {
        const name = entry.getNameNode();
        return Node.isComputedPropertyName(name) ? undefined : writtenName(name);
    }
    return Node.isShorthandPropertyAssignment(entry) ? entry.getName() : undefined;
}

/** Without what has no effect at run time: `as`, `satisfies`, parentheses. */
export function bare(node: Node | undefined): Node | undefined {
    return Node.isAsExpression(node) ||
        Node.isSatisfiesExpression(node) ||
        Node.isParenthesizedExpression(node)
        ? bare(node.getExpression())
        : node;
}

function firstLine(node: Node): string {
    return node.getText().split(/[\r\n]/)[0] ?? '';
}

function refuse(reason: string): Found<never> {
    return { ok: false, reason };
}
