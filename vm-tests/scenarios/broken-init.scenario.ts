// Initramfs whose init does not boot the machine. The lab has to find out by itself, and to say what. For one that
// loops or waits see stalls.scenario.ts.
import { broken } from '../broken/broken.ts';
import { initThat } from '../broken/init.ts';

broken(
    {
        id: 'L03',
        title: 'an init that ends is called a failure of the switch to the root',
        tier: 'change',
        verdict: 'switchroot',
        says: 'Attempted to kill init',
        within: 60,
    },
    () => ({ programs: initThat('exit 0\n') }),
);

broken(
    {
        id: 'L09',
        title: 'a machine that reboots for ever is not waited for at its second boot',
        tier: 'change',
        machine: 'fleet/broken-2',
        verdict: 'kernel',
        says: 'the machine rebooted',
        within: 60,
    },
    () => ({ programs: initThat('reboot -f\n') }),
);

broken(
    {
        id: 'L15',
        title: 'a machine that powers off has not come up, although QEMU ends with status 0',
        tier: 'change',
        machine: 'fleet/broken-3',
        verdict: 'kernel',
        says: 'the machine switched itself off',
        within: 60,
    },
    () => ({ programs: initThat('poweroff -f\n') }),
);

broken(
    {
        id: 'L16',
        title: 'a kernel that panics in the initramfs is called that',
        tier: 'night',
        verdict: 'kernel',
        says: 'sysrq triggered crash',
        within: 60,
    },
    () => ({ programs: initThat('echo c > /proc/sysrq-trigger\n') }),
);

broken(
    {
        id: 'L14',
        title: 'an initrd that is cut off is called that, not a root that is missing',
        tier: 'change',
        verdict: 'kernel-load',
        says: 'Initramfs unpacking failed',
        within: 60,
    },
    () => ({ initrd: (whole) => whole.subarray(0, Math.floor(0.6 * whole.length)) }),
);
