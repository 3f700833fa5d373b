/**
 * A POSIX shell script as frozen plain data.
 *
 * A JavaScript string in here is data, never shell: the printer quotes it. What has meaning to the
 * shell (variables, programs, function names, patterns) is a node of its own, and only the
 * factories in this folder make them: every node carries a brand that no other code can write.
 */

declare const brand: unique symbol;

interface Branded<Name extends string> {
    readonly [brand]: Name;
}

/** A shell variable. `scope` says where it lives: in one function (`local`), or in the script. */
export interface Variable extends Branded<'Variable'> {
    readonly kind: 'variable';
    readonly name: string;
    readonly scope: 'script' | 'local' | 'environment';
}

/** `$1` to `$9`: it can be read, but nothing can be assigned to it. */
export interface Positional extends Branded<'Positional'> {
    readonly kind: 'positional';
    readonly name: string;
}

/** `$$`, the process of the script, and `$!`, the last one in the background (POSIX.1-2017, 2.5.2). */
export interface ProcessId extends Branded<'ProcessId'> {
    readonly kind: 'process-id';
    readonly name: '$' | '!';
}

/** What an expansion can read (POSIX.1-2017, 2.5). */
export type Parameter = Variable | Positional | ProcessId;

/** A function of the emitted script; its definition is part of it, so a call emits what it calls. */
export interface ShellFunction extends Branded<'ShellFunction'> {
    readonly kind: 'shell-function';
    readonly name: string;
    /** The contract, printed as a comment above the function. */
    readonly contract: readonly string[];
    readonly locals: readonly Variable[];
    readonly body: readonly Statement[];
}

/** Where a program comes from, which decides how it gets into the initrd. */
export type ProgramSource =
    /** The shell itself. */
    | 'builtin'
    /** An applet of busybox. */
    | 'busybox'
    /** The initramfs always has it, whatever the hook does (kmod's modprobe, klibc's ipconfig). */
    | 'initramfs'
    /** A file of the root, copied with its libraries. */
    | 'root'
    /** A function that the target defines (hook-functions). */
    | 'target';

export interface Program extends Branded<'Program'> {
    readonly kind: 'program';
    /** What the script calls it: its name, or its path where PATH does not lead to it. */
    readonly name: string;
    readonly source: ProgramSource;
    /** Absolute path in the root, for `source: 'root'`. */
    readonly path?: string;
    /** It ends threads, for which glibc loads libgcc_s by name. */
    readonly endsThreads?: true;
}

/** How a parameter is changed on its way into a word (POSIX.1-2017, 2.6.2). */
export type Expansion =
    | {
          readonly operator:
              | 'remove-shortest-prefix'
              | 'remove-longest-prefix'
              | 'remove-shortest-suffix'
              | 'remove-longest-suffix';
          readonly pattern: Pattern;
      }
    /** This text where the parameter is empty or not set. */
    | { readonly operator: 'default'; readonly text: string }
    /** This text where the parameter has a value, else nothing. */
    | { readonly operator: 'alternative'; readonly text: string }
    /** The shell stops with an error where the parameter is empty or not set. */
    | { readonly operator: 'required' }
    /** Its length: in bytes or in characters, as the shell has it, so of use for ASCII alone. */
    | { readonly operator: 'length' };

export type WordPart =
    | { readonly kind: 'text'; readonly text: string }
    | { readonly kind: 'expand'; readonly parameter: Parameter; readonly expansion?: Expansion }
    | { readonly kind: 'arithmetic'; readonly expression: Arithmetic }
    /** A kernel module's name: printed as text, and a need of the script. */
    | { readonly kind: 'module'; readonly name: string; readonly optional?: true }
    /** A file that the initrd must carry: printed as its path, and a need of the script. */
    | { readonly kind: 'file'; readonly path: string };

/** One word: never split, never globbed, whatever its variables hold. */
export interface Word extends Branded<'Word'> {
    readonly kind: 'word';
    readonly parts: readonly WordPart[];
}

/** A shell pattern (POSIX.1-2017, 2.13), for `case`, prefix removal and the list of a `for`. */
export interface Pattern extends Branded<'Pattern'> {
    readonly kind: 'pattern';
    readonly parts: readonly PatternPart[];
}

export type PatternPart = Branded<'PatternPart'> &
    (
        | { readonly kind: 'text'; readonly text: string }
        | { readonly kind: 'expand'; readonly parameter: Parameter }
        | { readonly kind: 'any-string' }
        | { readonly kind: 'any-character' }
        /** A bracket expression: `characters` is what stands between the brackets, as `0-9a-f`. */
        | { readonly kind: 'bracket'; readonly characters: string; readonly negated: boolean }
    );

/** Integer arithmetic (POSIX.1-2017, 2.6.4): signed, and at least 32 bits wide. */
export type Arithmetic = Branded<'Arithmetic'> &
    (
        | { readonly kind: 'number'; readonly value: number }
        | { readonly kind: 'value-of'; readonly variable: Variable }
        | {
              readonly kind: 'binary';
              readonly operator: ArithmeticOperator;
              readonly left: Arithmetic;
              readonly right: Arithmetic;
          }
    );

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%';

/** From or to a file (POSIX.1-2017, 2.7). */
export type FileRedirect = Branded<'Redirect'> &
    (
        | { readonly kind: 'input'; readonly file: Word }
        | {
              readonly kind: 'output';
              readonly descriptor: 1 | 2;
              readonly file: Word;
              readonly append: boolean;
          }
    );

/** Onto another descriptor, which cannot fail: it is open, or there is nobody to tell. */
export type DescriptorRedirect = Branded<'Redirect'> & {
    readonly kind: 'duplicate';
    readonly descriptor: 1 | 2;
    readonly onto: 1 | 2;
};

export type Redirect = FileRedirect | DescriptorRedirect;

interface CommandParts {
    readonly arguments: readonly Word[];
    readonly redirects: readonly Redirect[];
}

/** One program or function with its arguments. */
export type SimpleCommand = Branded<'Command'> &
    CommandParts &
    (
        | { readonly kind: 'call-program'; readonly program: Program }
        | { readonly kind: 'call-function'; readonly function: ShellFunction }
        /** Prints its arguments, one behind the other, with no line break behind them. */
        | { readonly kind: 'print-text' }
    );

/** Something with an exit status. A pipeline has that of its last command. */
export type Command =
    | SimpleCommand
    | (Branded<'Command'> & {
          readonly kind: 'pipeline';
          readonly commands: readonly SimpleCommand[];
      });

/** What happens when a command fails. Every command that a script runs has one. */
export type OnFailure = Branded<'OnFailure'> &
    (
        | /** Go on; `why` it does not matter stands above the command. */
        { readonly kind: 'ignore'; readonly why: string }
        /** These statements run. */
        | { readonly kind: 'handle'; readonly statements: readonly Statement[] }
        /** Go on, with the exit status in the variable; it keeps what it has if there is no failure. */
        | { readonly kind: 'keep'; readonly status: Variable }
        /** The script stops: only where `set -e` is in force, which is a hook. */
        | { readonly kind: 'stop' }
        /** What runs deals with every failure itself, as its contract says. */
        | { readonly kind: 'settled' }
    );

export type Condition = Branded<'Condition'> &
    (
        | { readonly kind: 'succeeds'; readonly command: Command }
        | {
              readonly kind: 'compare';
              readonly operator: Comparison;
              readonly left: Word;
              readonly right: Word;
          }
        | { readonly kind: 'inspect'; readonly operator: Inspection; readonly word: Word }
        | { readonly kind: 'not'; readonly condition: Condition }
        | { readonly kind: 'all' | 'any'; readonly conditions: readonly Condition[] }
    );

/** The operators of test(1) with two operands. */
export type Comparison = '=' | '!=' | '-eq' | '-ne' | '-lt' | '-le' | '-gt' | '-ge';

/** The operators of test(1) with one operand. */
export type Inspection =
    | '-n'
    | '-z'
    | '-e'
    | '-f'
    | '-d'
    | '-b'
    | '-c'
    | '-p'
    | '-h'
    | '-S'
    | '-r'
    | '-w'
    | '-x'
    | '-s';

export type Statement = Branded<'Statement'> &
    (
        | { readonly kind: 'run'; readonly command: Command; readonly onFailure: OnFailure }
        /** A here-document: the lines are the command's input. */
        | {
              readonly kind: 'feed';
              readonly command: SimpleCommand;
              readonly lines: readonly Word[];
              readonly onFailure: OnFailure;
          }
        /** A line on standard output, or where the redirects lead. */
        | {
              readonly kind: 'print';
              readonly line: Word;
              readonly redirects: readonly Redirect[];
              readonly onFailure: OnFailure;
          }
        | { readonly kind: 'assign'; readonly variable: Variable; readonly value: Word }
        | {
              readonly kind: 'capture';
              readonly variable: Variable;
              readonly command: Command;
              readonly onFailure: OnFailure;
          }
        | {
              readonly kind: 'read-line';
              readonly variable: Variable;
              readonly file: Word;
              readonly onFailure: OnFailure;
          }
        | {
              readonly kind: 'if';
              readonly condition: Condition;
              readonly then: readonly Statement[];
              readonly otherwise: readonly Statement[];
          }
        | { readonly kind: 'case'; readonly subject: Word; readonly arms: readonly CaseArm[] }
        | {
              readonly kind: 'for';
              readonly variable: Variable;
              readonly list: ForList;
              readonly body: readonly Statement[];
          }
        | {
              readonly kind: 'while' | 'until';
              readonly condition: Condition;
              readonly body: readonly Statement[];
          }
        | {
              readonly kind: 'group';
              readonly body: readonly Statement[];
              readonly redirects: readonly Redirect[];
              readonly onFailure: OnFailure;
          }
        /** Runs by itself while the script goes on; nobody asks how it ended. */
        | { readonly kind: 'background'; readonly command: SimpleCommand }
        | { readonly kind: 'leave'; readonly how: 'break' | 'continue' }
        | { readonly kind: 'leave'; readonly how: 'return' | 'exit'; readonly status: number }
        | { readonly kind: 'stop-on-error' }
        | { readonly kind: 'source'; readonly file: string }
        | { readonly kind: 'comment'; readonly lines: readonly string[] }
        | { readonly kind: 'blank' }
    );

/** What a `for` goes through. */
export type ForList =
    | { readonly kind: 'words'; readonly words: readonly Word[] }
    | { readonly kind: 'paths'; readonly pattern: Pattern }
    /** The text of a variable, split at white space and not globbed. */
    | { readonly kind: 'fields'; readonly variable: Variable };

export interface CaseArm extends Branded<'CaseArm'> {
    readonly patterns: readonly Pattern[];
    readonly body: readonly Statement[];
}

/** A whole file: what stands at its top, then its functions, then what it runs. */
export interface Script {
    readonly kind: 'script';
    /** Comment lines under the `#!/bin/sh`. */
    readonly header: readonly string[];
    /** Runs before the functions are defined: a target's preamble. */
    readonly preamble: readonly Statement[];
    readonly main: readonly Statement[];
}
