import { Node, type ObjectLiteralExpression, SyntaxKind } from 'ts-morph';
import type { LiteralStyle } from './literal.ts';
import { lineIndent, lineStart } from './text-change.ts';

/** How a table of hosts is written, read off what is there. */
export interface TableStyle extends LiteralStyle {
    /** One level of indentation. */
    readonly unit: string;
    /** Whether each key of a host has a line of its own. */
    readonly spread: boolean;
    /** Whether the last of these lines has a comma. */
    readonly comma: boolean;
}

export function styleOf(hosts: ObjectLiteralExpression): TableStyle {
    const text = hosts.getSourceFile().getFullText();
    const sample = hosts
        .getProperties()
        .map((entry) => (Node.isPropertyAssignment(entry) ? entry.getInitializer() : undefined))
        .findLast(Node.isObjectLiteralExpression);
    const inside = sample?.getText() ?? '';
    const spread = inside.includes('\n');
    return {
        quote: quoteOf(hosts),
        padded: spread || !/^\{[^\s}]/.test(inside),
        unit: unitOf(hosts, text),
        spread,
        comma: /,\s*\}$/.test(inside) || sample === undefined,
    };
}

/** The quote that most strings have: of the hosts, and else of the file. */
function quoteOf(hosts: ObjectLiteralExpression): LiteralStyle['quote'] {
    for (const place of [hosts, hosts.getSourceFile()]) {
        const quotes = place
            .getDescendantsOfKind(SyntaxKind.StringLiteral)
            .map((string) => string.getText()[0]);
        if (quotes.length > 0) {
            const double = quotes.filter((quote) => quote === '"').length;
            return double * 2 > quotes.length ? '"' : "'";
        }
    }
    return "'";
}

/** By how much the first host that begins a line is further in than the line of the brace. */
function unitOf(hosts: ObjectLiteralExpression, text: string): string {
    const outer = lineIndent(text, hosts.getStart());
    for (const entry of hosts.getProperties()) {
        const inner = lineIndent(text, entry.getStart());
        const startsLine = lineStart(text, entry.getStart()) + inner.length === entry.getStart();
        if (startsLine && inner.startsWith(outer) && inner.length > outer.length) {
            return inner.slice(outer.length);
        }
    }
    return outer.startsWith('\t') ? '\t' : outer || '    ';
}
