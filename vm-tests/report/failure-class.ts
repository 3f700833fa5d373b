/**
 * Where a boot went wrong, from the outside in. `harness` and `infra` are no fault of what is tested:
 * a bug of the lab, and a machine or a program that the lab stands on. `disagreement`: two who saw the
 * same tell different things of it, the machine and the cluster, or the machine and QEMU. `secret`:
 * a key was printed, whatever else went well.
 */
export const failureClasses = [
    'harness',
    'infra',
    'firmware',
    'dhcp',
    'http',
    'kernel-load',
    'kernel',
    'net',
    'mon',
    'auth',
    'osd',
    'lock',
    'luks',
    'fs',
    'switchroot',
    'userspace',
    'shutdown',
    'disagreement',
    'secret',
] as const;

export type FailureClass = (typeof failureClasses)[number];

/** A failure that knows its class. */
export class BootFailure extends Error {
    override readonly name = 'BootFailure';
    readonly failureClass: FailureClass;

    constructor(failureClass: FailureClass, message: string, options?: ErrorOptions) {
        super(message, options);
        this.failureClass = failureClass;
    }
}

/** The class that an error brings with it, or the one that is its cause. */
export function classIn(error: unknown): FailureClass | undefined {
    if (error instanceof BootFailure) {
        return error.failureClass;
    }
    return error instanceof Error && error.cause !== undefined ? classIn(error.cause) : undefined;
}
