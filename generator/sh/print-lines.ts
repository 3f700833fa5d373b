export const indentation = '    ';

/** Longer lines are continued where that is possible, with four more spaces. */
export const lineWidth = 80;

/** Indents each line that is not empty. A "line" may hold line breaks, in quotes: those stay. */
export function indent(lines: readonly string[]): readonly string[] {
    return lines.map((line) => (line === '' ? '' : indentation + line));
}

/** Puts text before the first and behind the last line. */
export function surround(
    before: string,
    lines: readonly string[],
    behind: string,
): readonly string[] {
    return lines.map((line, index) => {
        const head = index === 0 ? before : '';
        const tail = index === lines.length - 1 ? behind : '';
        return `${head}${line}${tail}`;
    });
}

/** Makes one command of the lines: all but the last end in a backslash, all but the first are indented. */
export function continued(lines: readonly string[]): readonly string[] {
    return lines.map((line, index) => {
        const start = index === 0 ? '' : indentation;
        const end = index < lines.length - 1 ? ' \\' : '';
        return `${start}${line}${end}`;
    });
}

/** Fills lines with words, as many as fit on each. */
export function fill(words: readonly string[]): readonly string[] {
    const lines: string[] = [];
    for (const word of words) {
        const last = lines.at(-1);
        const indented = lines.length > 1 ? indentation.length : 0;
        if (last !== undefined && indented + last.length + 1 + word.length <= lineWidth) {
            lines[lines.length - 1] = `${last} ${word}`;
        } else {
            lines.push(word);
        }
    }
    return lines;
}

/** @throws RangeError for a control character: a line break would end the comment. */
export function printComment(line: string): string {
    if (/\p{Cc}|\p{Surrogate}/u.test(line)) {
        throw new RangeError('a comment line cannot hold a control character');
    }
    return `# ${line}`.trimEnd();
}
