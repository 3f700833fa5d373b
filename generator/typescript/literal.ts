/** A value that can be written as a literal. */
export type Literal =
    | string
    | number
    | boolean
    | readonly Literal[]
    | { readonly [key: string]: Literal };

/** How a file writes its literals. */
export interface LiteralStyle {
    readonly quote: "'" | '"';
    /** Whether braces have a space inside: `{ mac }`. */
    readonly padded: boolean;
}

/** `{ mac: '52:54:00:ab:cd:ef', nicModules: ['e1000e'] }`, on one line. */
export function printLiteral(value: Literal, style: LiteralStyle): string {
    if (typeof value === 'string') {
        return printString(value, style.quote);
    }
    if (typeof value !== 'object') {
        return String(value);
    }
    if (isList(value)) {
        return `[${value.map((one) => printLiteral(one, style)).join(', ')}]`;
    }
    const entries = printEntries(value, style).join(', ');
    const pad = style.padded ? ' ' : '';
    return entries === '' ? '{}' : `{${pad}${entries}${pad}}`;
}

/** `mac: '52:54:00:ab:cd:ef'`, one text an entry. */
export function printEntries(
    value: { readonly [key: string]: Literal },
    style: LiteralStyle,
): readonly string[] {
    return Object.entries(value).map(
        ([key, one]) => `${printKey(key, style)}: ${printLiteral(one, style)}`,
    );
}

/** Bare if it is an identifier. */
export function printKey(key: string, { quote }: LiteralStyle): string {
    return /^[A-Za-z_$][\w$]*$/.test(key) ? key : printString(key, quote);
}

function printString(text: string, quote: LiteralStyle['quote']): string {
    const json = JSON.stringify(text);
    return quote === '"'
        ? json
        : `'${json.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

function isList(value: object): value is readonly Literal[] {
    return Array.isArray(value);
}
