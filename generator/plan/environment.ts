import type { FileSystem } from '../model/file-system.ts';
import type { Condition, OnFailure, Statement, Variable } from '../sh/ast.ts';

/** How a root is mounted. */
export interface RootMount {
    readonly fileSystem: FileSystem;
    /** What stands behind `-o`, in this order. */
    readonly options: readonly string[];
    readonly readOnly: boolean;
}

/**
 * What a target does in its own way. A step asks for it here and so knows no target.
 */
export interface BootEnvironment {
    /** A DHCP exchange on one NIC, in bounded time; sets its address and default route. */
    dhcp(nic: Variable, onFailure: OnFailure): readonly Statement[];
    /** A root shell on the console, for whoever stands there; what follows runs when it ends. */
    readonly openShell: readonly Statement[];
    /** Tells the initramfs what to mount as root; its own code mounts it, and does not check it. */
    handOverRoot(device: Variable, mount: RootMount): readonly Statement[];
    /** Where the root is mounted, in the phase after that. */
    readonly rootMount: Variable;
    /** What the kernel command line asks of the check of the root, for one boot (systemd-fsck(8)). */
    readonly fsck: {
        /** `fsck.mode=skip` */
        readonly skipped: Condition;
        /** `fsck.mode=force` */
        readonly forced: Condition;
        /** `fsck.repair=yes`: every question that a repair asks has the answer yes. */
        readonly repairs: Condition;
    };
}
