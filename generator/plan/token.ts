import type { Variable } from '../sh/ast.ts';

declare const brand: unique symbol;

/**
 * What a step achieved, as a value: a step that needs it takes it as input. Only a plan's `step`
 * gives tokens out, so a plan that maps before the network is up does not compile.
 */
export interface Token<Name extends string> {
    readonly [brand]: Name;
}

/** The NIC is up and has an address. */
export interface Net extends Token<'Net'> {
    /** The name of the NIC: `enp0s2`. */
    readonly interface: Variable;
}

/** These kernel modules are loaded. A larger set fits where a smaller one is asked for. */
export type Modules<Name extends string> = Token<'Modules'> & {
    readonly loaded: { readonly [Key in Name]: true };
};

/** The image is mapped. */
export interface BlockDevice extends Token<'BlockDevice'> {
    /** The path of the device node: `/dev/rbd0`. */
    readonly path: Variable;
    /** The path of the mapped image, which it is, or which it is on. Absent: nobody says. */
    readonly mapped?: Variable;
}

/** The initramfs has been told what to mount as root. */
export interface Root extends Token<'Root'> {
    readonly device: Variable;
}

/** What a step gives back before the plan has made a token of it. */
export type Achievement<T> = {
    readonly [Key in keyof T as Key extends typeof brand ? never : Key]: T[Key];
};
