/** The shell core, for authors of steps: `import { sh } from 'rbdboot'`. */
export type {
    Command,
    Condition,
    OnFailure,
    Pattern,
    Program,
    ShellFunction,
    Statement,
    Variable,
    Word,
} from './ast.ts';
export * from './build.ts';
export * from './word.ts';
