// The demo itself, as the first process of its namespaces.
import { join } from 'node:path';
import { describeError } from './complaint.ts';
import { startLab } from './lab.ts';
import { endWithStarter } from './namespace.ts';
import { preparation } from './preparation.ts';
import { powerOn } from './qemu/machine.ts';
import { guestReport } from './qemu/report.ts';
import { siteIn } from './site.ts';
import { printTimeline, timelineOf } from './timeline.ts';

endWithStarter();
const t0 = performance.now();
const say = (text: string) => console.log(`${((performance.now() - t0) / 1000).toFixed(1)} ${text}`);
try {
    const prepared = preparation();
    const { lab } = await startLab(prepared, await siteIn(prepared.config), say);
    const machine = await powerOn({
        name: lab.host.name,
        mac: lab.host.mac,
        network: lab.network,
        directory: join(lab.directory, 'desk1'),
        sockets: lab.state,
        serverLogs: lab.serverLogs,
    });
    try {
        const report = await guestReport(machine, 180);
        console.log(report);
    } catch (error) {
        console.log(describeError(error));
    }
    for (const o of machine.journal.all()) console.log(((o.at - machine.poweredOn) / 1000).toFixed(2), o.source, o.text);
    console.log(printTimeline(timelineOf(machine.journal.all(), machine.poweredOn)));
    process.exit(0);
} catch (error) {
    console.log(describeError(error));
    process.exit(1);
}
