import { Node, type SourceFile, type Symbol as TsSymbol } from 'ts-morph';
import type { ConfigPath, Location } from '../diagnostics/diagnostic.ts';

/**
 * Finds where a configuration writes the value at `path`, or the key in front of it.
 *
 * Follows constants (also imported ones), shorthand, spreads, `as` and `satisfies`. Where the text
 * does not say it, as behind a function call, it is the nearest known place around it.
 */
export function locate(source: SourceFile, path: ConfigPath, part: 'key' | 'value'): Location {
    let place: Node = defaultExport(source) ?? source;
    for (const [index, key] of path.entries()) {
        const step = child(place, key);
        if (step === undefined) {
            break;
        }
        const wantsKey = part === 'key' && index === path.length - 1;
        place = wantsKey ? step.key : step.value;
        if (step.vague) {
            break;
        }
    }
    const { line, column } = place
        .getSourceFile()
        .getLineAndColumnAtPos(place === source ? 0 : place.getStart());
    return { file: place.getSourceFile().getFilePath(), line, column };
}

interface Step {
    readonly key: Node;
    readonly value: Node;
    /** The key may stand in here or not: do not look further. */
    readonly vague?: true;
}

/** The argument of `defineBoot`, or whatever else is exported as the default. */
export function defaultExport(source: SourceFile): Node | undefined {
    const symbol = source.getDefaultExportSymbol();
    if (symbol === undefined) {
        return undefined;
    }
    const assignment = symbol.getDeclarations().find(Node.isExportAssignment);
    const value = resolveValue(assignment?.getExpression() ?? declaredValue(symbol));
    if (Node.isCallExpression(value)) {
        const [argument] = value.getArguments();
        return value.getExpression().getText() === 'defineBoot' && argument !== undefined
            ? resolveValue(argument)
            : value;
    }
    return value;
}

function child(place: Node, key: string | number): Step | undefined {
    if (Node.isObjectLiteralExpression(place)) {
        return property(place, String(key));
    }
    if (Node.isArrayLiteralExpression(place) && typeof key === 'number') {
        const elements = place.getElements();
        const spread = elements.slice(0, key + 1).find(Node.isSpreadElement);
        const element = spread ?? elements[key];
        return element === undefined
            ? undefined
            : {
                  key: element,
                  value: resolveValue(element) ?? element,
                  ...(spread ? { vague: true } : {}),
              };
    }
    return undefined;
}

/** From the last entry to the first, as the run time decides which one counts. */
function property(object: Node & { getProperties(): Node[] }, name: string): Step | undefined {
    let unknown: Node | undefined;
    for (const entry of object.getProperties().reverse()) {
        if (Node.isSpreadAssignment(entry)) {
            const spread = resolveValue(entry.getExpression());
            if (!Node.isObjectLiteralExpression(spread)) {
                unknown ??= entry;
                continue;
            }
            const step = property(spread, name);
            if (step !== undefined) {
                return step;
            }
        } else if (Node.isShorthandPropertyAssignment(entry) && entry.getName() === name) {
            const value = declaredValue(entry.getValueSymbol());
            return { key: entry, value: resolveValue(value) ?? entry };
        } else if (Node.isPropertyAssignment(entry)) {
            const written = writtenName(entry.getNameNode());
            if (written === undefined) {
                unknown ??= entry;
            } else if (written === name) {
                const value = entry.getInitializer();
                return { key: entry.getNameNode(), value: resolveValue(value) ?? entry };
            }
        } else if (Node.isMethodDeclaration(entry) && entry.getName() === name) {
            return { key: entry.getNameNode(), value: entry };
        }
    }
    return unknown === undefined ? undefined : { key: unknown, value: unknown, vague: true };
}

/** The text of a property name; `undefined` for one that is computed. */
export function writtenName(name: Node): string | undefined {
    if (Node.isStringLiteral(name) || Node.isNumericLiteral(name)) {
        return String(name.getLiteralValue());
    }
    if (Node.isComputedPropertyName(name)) {
        const inner = resolveValue(name.getExpression());
        return Node.isStringLiteral(inner) ? inner.getLiteralValue() : undefined;
    }
    return name.getText();
}

/** Goes from a name to the value that it stands for; stops where the text does not say. */
export function resolveValue(node: Node | undefined, depth = 0): Node | undefined {
    if (node === undefined || depth > 20) {
        return node;
    }
    if (
        Node.isAsExpression(node) ||
        Node.isSatisfiesExpression(node) ||
        Node.isParenthesizedExpression(node) ||
        Node.isNonNullExpression(node)
    ) {
        return resolveValue(node.getExpression(), depth + 1);
    }
    if (Node.isIdentifier(node)) {
        const value = declaredValue(node.getSymbol());
        return value === undefined ? node : resolveValue(value, depth + 1);
    }
    if (Node.isPropertyAccessExpression(node)) {
        const object = resolveValue(node.getExpression(), depth + 1);
        const step = object === undefined ? undefined : child(object, node.getName());
        return step === undefined || step.vague ? node : step.value;
    }
    return node;
}

/** What a constant was initialised with, also when another file exports it. */
export function declaredValue(symbol: TsSymbol | undefined): Node | undefined {
    const target = symbol?.isAlias() ? symbol.getAliasedSymbol() : symbol;
    const declaration = target?.getValueDeclaration();
    if (Node.isVariableDeclaration(declaration)) {
        return declaration.getInitializer();
    }
    return Node.isExportAssignment(declaration) ? declaration.getExpression() : undefined;
}
