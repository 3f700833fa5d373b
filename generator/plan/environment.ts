import type { FileSystem } from '../model/site.ts';
import type { OnFailure, Statement, Variable } from '../sh/ast.ts';

/**
 * What a target does in its own way. A step asks for it here and so knows no target.
 */
export interface BootEnvironment {
    /** A DHCP exchange on one NIC, in bounded time; sets its address and default route. */
    dhcp(nic: Variable, onFailure: OnFailure): readonly Statement[];
    /** Tells the initramfs what to mount as root; its own code mounts it. */
    handOverRoot(device: Variable, fileSystem: FileSystem): readonly Statement[];
}
