import type { Arithmetic, Parameter, Pattern, Word, WordPart } from './ast.ts';

export interface ReadingVisitor {
    readonly word?: (word: Word) => void;
    readonly reads?: (parameter: Parameter) => void;
}

export function walkWord(word: Word, visitor: ReadingVisitor): void {
    visitor.word?.(word);
    for (const part of word.parts) {
        walkPart(part, visitor);
    }
}

export function walkPattern(pattern: Pattern, visitor: ReadingVisitor): void {
    for (const part of pattern.parts) {
        if (part.kind === 'expand') {
            visitor.reads?.(part.parameter);
        }
    }
}

function walkPart(part: WordPart, visitor: ReadingVisitor): void {
    switch (part.kind) {
        case 'expand':
            visitor.reads?.(part.parameter);
            if (part.expansion !== undefined && 'pattern' in part.expansion) {
                walkPattern(part.expansion.pattern, visitor);
            }
            break;
        case 'arithmetic':
            walkArithmetic(part.expression, visitor);
            break;
        case 'text':
        case 'module':
        case 'file':
            break;
    }
}

function walkArithmetic(expression: Arithmetic, visitor: ReadingVisitor): void {
    switch (expression.kind) {
        case 'number':
            break;
        case 'value-of':
            visitor.reads?.(expression.variable);
            break;
        case 'binary':
            walkArithmetic(expression.left, visitor);
            walkArithmetic(expression.right, visitor);
            break;
    }
}
