/**
 * A POSIX shell script as frozen plain data.
 *
 * A JavaScript string in here is data, never shell: the printer quotes it. What has meaning to the
 * shell (variables, programs, function names, patterns) is a node of its own, and only the
 * factories in this folder make them.
 */

declare const brand: unique symbol;

/** A shell variable. `scope` says where it lives: in one function (`local`), or in the script. */
export interface Variable {
    readonly kind: 'variable';
    readonly name: string;
    readonly scope: 'script' | 'local' | 'environment' | 'argument';
    readonly [brand]: 'Variable';
}

/** A function of the emitted script; its definition is part of it, so a call emits what it calls. */
export interface ShellFunction {
    readonly kind: 'shell-function';
    readonly name: string;
    /** The contract, printed as a comment above the function. */
    readonly contract: readonly string[];
    readonly locals: readonly Variable[];
    readonly body: readonly Statement[];
    readonly [brand]: 'ShellFunction';
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

export interface Program {
    readonly kind: 'program';
    /** What the script calls it. */
    readonly name: string;
    readonly source: ProgramSource;
    /** Absolute path in the root, for `source: 'root'`. */
    readonly path?: string;
    readonly [brand]: 'Program';
}

/** How a variable is changed on its way into a word (POSIX.1-2017, 2.6.2). */
export type Expansion =
    | {
          readonly operator: 'remove-shortest-prefix' | 'remove-longest-prefix';
          readonly pattern: Pattern;
      }
    | {
          readonly operator: 'remove-shortest-suffix' | 'remove-longest-suffix';
          readonly pattern: Pattern;
      }
    | { readonly operator: 'default'; readonly text: string }
    /** The shell stops with an error where the variable is empty or not set. */
    | { readonly operator: 'required' };

export type WordPart =
    | { readonly kind: 'text'; readonly text: string }
    | { readonly kind: 'expand'; readonly variable: Variable; readonly expansion?: Expansion }
    | { readonly kind: 'arithmetic'; readonly expression: Arithmetic }
    /** A kernel module's name: printed as text, and a need of the script. */
    | { readonly kind: 'module'; readonly name: string }
    /** A file that the initrd must carry: printed as its path, and a need of the script. */
    | { readonly kind: 'file'; readonly path: string };

/** One word: never split, never globbed, whatever its variables hold. */
export interface Word {
    readonly kind: 'word';
    readonly parts: readonly WordPart[];
    readonly [brand]: 'Word';
}

/** A shell pattern (POSIX.1-2017, 2.13), for `case`, prefix removal and the list of a `for`. */
export interface Pattern {
    readonly kind: 'pattern';
    readonly parts: readonly PatternPart[];
    readonly [brand]: 'Pattern';
}

export type PatternPart =
    | { readonly kind: 'text'; readonly text: string }
    | { readonly kind: 'expand'; readonly variable: Variable }
    | { readonly kind: 'any-string' }
    | { readonly kind: 'any-character' }
    /** A bracket expression: `characters` is what stands between the brackets, as `0-9a-f`. */
    | { readonly kind: 'bracket'; readonly characters: string; readonly negated: boolean };

export type Arithmetic =
    | { readonly kind: 'number'; readonly value: number }
    | { readonly kind: 'value-of'; readonly variable: Variable }
    | {
          readonly kind: 'binary';
          readonly operator: '+' | '-' | '*' | '/' | '%';
          readonly left: Arithmetic;
          readonly right: Arithmetic;
      };

export type Redirect =
    | { readonly kind: 'input'; readonly file: Word }
    | {
          readonly kind: 'output';
          readonly descriptor: 1 | 2;
          readonly file: Word;
          readonly append: boolean;
      }
    | { readonly kind: 'duplicate'; readonly descriptor: 1 | 2; readonly onto: 1 | 2 };

/** Something with an exit status. */
export type Command =
    | {
          readonly kind: 'call-program';
          readonly program: Program;
          readonly arguments: readonly Word[];
          readonly redirects: readonly Redirect[];
      }
    | {
          readonly kind: 'call-function';
          readonly function: ShellFunction;
          readonly arguments: readonly Word[];
          readonly redirects: readonly Redirect[];
      }
    | { readonly kind: 'pipeline'; readonly commands: readonly Command[] };

/** What happens when a command fails. Every command that a script runs has one. */
export type OnFailure =
    /** Go on; `why` it does not matter stands above the command. */
    | { readonly kind: 'ignore'; readonly why: string }
    /** These statements run. */
    | { readonly kind: 'handle'; readonly statements: readonly Statement[] }
    /** The script stops: only where `set -e` is in force, which is a hook. */
    | { readonly kind: 'stop' }
    /** The function deals with every failure itself, as its contract says: it reports, or ends the boot. */
    | { readonly kind: 'settled' };

export type Condition =
    | { readonly kind: 'succeeds'; readonly command: Command }
    | {
          readonly kind: 'compare';
          readonly operator: Comparison;
          readonly left: Word;
          readonly right: Word;
      }
    | { readonly kind: 'inspect'; readonly operator: Inspection; readonly word: Word }
    | { readonly kind: 'not'; readonly condition: Condition }
    | { readonly kind: 'all' | 'any'; readonly conditions: readonly Condition[] };

/** The operators of test(1) with two operands. */
export type Comparison = '=' | '!=' | '-eq' | '-ne' | '-lt' | '-le' | '-gt' | '-ge';

/** The operators of test(1) with one operand. */
export type Inspection = '-n' | '-z' | '-e' | '-f' | '-d' | '-b' | '-r' | '-x';

export type Statement =
    | { readonly kind: 'run'; readonly command: Command; readonly onFailure: OnFailure }
    /** A line on standard output. If that is closed, there is nobody left to tell. */
    | { readonly kind: 'print'; readonly line: Word; readonly redirects: readonly Redirect[] }
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
          readonly list: readonly (
              | Word
              | Pattern
              | { readonly kind: 'fields'; readonly variable: Variable }
          )[];
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
      }
    | {
          readonly kind: 'leave';
          readonly how: 'break' | 'continue' | 'return' | 'exit';
          readonly status?: number;
      }
    | { readonly kind: 'stop-on-error' }
    | { readonly kind: 'source'; readonly file: string }
    | { readonly kind: 'comment'; readonly lines: readonly string[] }
    | { readonly kind: 'blank' };

export interface CaseArm {
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
