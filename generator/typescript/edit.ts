import { Node, type ObjectLiteralExpression, Project, SyntaxKind, ts } from 'ts-morph';
import { styleOf, type TableStyle } from './edit-style.ts';
import { bare, findEntry, findHosts } from './find-hosts.ts';
import { insertEntry, type Place } from './insert-entry.ts';
import { type Literal, printEntries, printKey, printLiteral } from './literal.ts';
import { removeEntry } from './remove-entry.ts';
import { applyChanges, type TextChange } from './text-change.ts';

/** What is to become of the hosts of a configuration. */
export type HostChange =
    | {
          readonly kind: 'add';
          readonly name: string;
          readonly host: { readonly [key: string]: Literal };
      }
    | {
          readonly kind: 'set';
          readonly name: string;
          /** One key, or two where the value is in a table of its own: `['mapOptions', 'ms_mode']`. */
          readonly path: readonly [string, ...string[]];
          readonly value: Literal;
      }
    | { readonly kind: 'remove'; readonly name: string };

export type Edited =
    | { readonly ok: true; readonly text: string; readonly changes: readonly TextChange[] }
    /** `reason` completes "…cannot be edited: "; `paste` is what to change by hand. */
    | { readonly ok: false; readonly reason: string; readonly paste: string };

/**
 * Changes the hosts of a configuration. Everything outside of the changes stays as it is, byte by
 * byte; what is not plain enough for that is refused with the text to paste.
 *
 * @param text the configuration. Its meaning is not looked at: check the result.
 */
export function editHosts(text: string, change: HostChange): Edited {
    const project = new Project({ useInMemoryFileSystem: true, compilerOptions: { noLib: true } });
    const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
    const source = project.createSourceFile('/boot.config.ts', text.slice(mark.length));
    const hosts = findHosts(source);
    const style = hosts.ok ? styleOf(hosts.node) : plainStyle;
    const found = hosts.ok ? changesFor(hosts.node, change, style) : hosts.reason;
    return typeof found === 'string'
        ? { ok: false, reason: found, paste: pasteText(change, style) }
        : {
              ok: true,
              text: mark + applyChanges(source.getFullText(), found),
              changes: found.map(({ start, end, ...rest }) => ({
                  start: start + mark.length,
                  end: end + mark.length,
                  ...rest,
              })),
          };
}

const plainStyle: TableStyle = {
    quote: "'",
    padded: true,
    unit: '    ',
    spread: false,
    comma: true,
};

function changesFor(
    hosts: ObjectLiteralExpression,
    change: HostChange,
    style: TableStyle,
): readonly TextChange[] | string {
    if (change.kind === 'add') {
        return insertEntry(hosts, style.unit, (place) => printHost(change, style, place));
    }
    const entry = findEntry(hosts, change.name);
    if (entry === undefined) {
        return `there is no entry ${change.name} among the hosts`;
    }
    if (change.kind === 'remove') {
        return removeEntry(hosts, entry);
    }
    const host = Node.isPropertyAssignment(entry) ? bare(entry.getInitializer()) : undefined;
    return Node.isObjectLiteralExpression(host)
        ? changesToSet(host, change.path, change.value, style)
        : `${change.name} is no object that is written in its place`;
}

function changesToSet(
    object: ObjectLiteralExpression,
    [key, ...rest]: readonly [string, ...string[]],
    value: Literal,
    style: TableStyle,
): readonly TextChange[] | string {
    const [next, ...further] = rest;
    const entry = findEntry(object, key);
    if (entry === undefined) {
        const whole = next === undefined ? value : { [next]: value };
        const print = () => `${printKey(key, style)}: ${printLiteral(whole, style)}`;
        return insertEntry(object, style.unit, print);
    }
    const behind: readonly Node[] = entry.getNextSiblings();
    const overriding = behind.find(Node.isSpreadAssignment);
    if (overriding !== undefined) {
        return `behind ${key} stands ${overriding.getText()}, which may override it`;
    }
    const initializer = Node.isPropertyAssignment(entry) ? entry.getInitializer() : undefined;
    if (initializer === undefined) {
        return `${key} has no value that is written in its place`;
    }
    if (next !== undefined) {
        const table = bare(initializer);
        return Node.isObjectLiteralExpression(table)
            ? changesToSet(table, [next, ...further], value, style)
            : `${key} is no object that is written in its place`;
    }
    if (hasComment(initializer)) {
        return `the value of ${key} has a comment in it`;
    }
    const text = printLiteral(value, style);
    return [{ start: initializer.getStart(), end: initializer.getEnd(), text }];
}

/** `desk2: { mac: …, image: … }`, or with a line a key, as the others. */
function printHost(
    { name, host }: HostChange & { kind: 'add' },
    style: TableStyle,
    { indent, newline }: Place,
): string {
    const key = printKey(name, style);
    if (!style.spread) {
        return `${key}: ${printLiteral(host, style)}`;
    }
    const inner = `${newline}${indent}${style.unit}`;
    const lines = printEntries(host, style).join(`,${inner}`);
    return `${key}: {${inner}${lines}${style.comma ? ',' : ''}${newline}${indent}}`;
}

function pasteText(change: HostChange, style: TableStyle): string {
    switch (change.kind) {
        case 'add':
            return `add under "hosts": ${printHost(change, { ...style, spread: false }, { indent: '', newline: '\n' })},`;
        case 'set': {
            const [key, next] = change.path;
            const value = next === undefined ? change.value : { [next]: change.value };
            return `write into ${change.name}: ${printKey(key, style)}: ${printLiteral(value, style)},`;
        }
        case 'remove':
            return `take ${change.name} out of what makes the hosts`;
    }
}

function hasComment(node: Node): boolean {
    const scanner = ts.createScanner(ts.ScriptTarget.Latest, false, undefined, node.getText());
    for (let token = scanner.scan(); token !== SyntaxKind.EndOfFileToken; token = scanner.scan()) {
        if (
            token === SyntaxKind.SingleLineCommentTrivia ||
            token === SyntaxKind.MultiLineCommentTrivia
        ) {
            return true;
        }
    }
    return false;
}
