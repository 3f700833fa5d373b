/** All that a scenario can say of faults, from one place. */
export { pauseAskedMonitor } from './asked-monitor.ts';
export { killDaemon, pauseDaemon } from './daemon.ts';
export { lateLease, leaseWithoutBootFile, noLease, refusedLease, secondServer } from './dhcp.ts';
export { fillCluster } from './full.ts';
export { serve } from './http.ts';
export { blackHole, cutCable, latency } from './nic.ts';
export { cutPower } from './power.ts';
export { at, type ScheduledFault } from './schedule.ts';
export { faultOver } from './watch.ts';
