import { expect } from 'vitest';
import type { MacAddress } from '../../../generator/model/mac-address.ts';
import { imageUsers } from '../../cluster/truth.ts';
import { failureReport } from '../../qemu/failure-report.ts';
import { scenarioAtOnce } from '../../scenario.ts';

const other = '52:54:00:99:99:99' as MacAddress;

scenarioAtOnce(
    'a machine with another NIC than it should have names the one it has',
    async (scene) => {
        const { boot, lab } = scene;
        const { image, mac } = scene.host('desk1');
        const machine = await boot({ host: 'desk1', lane: 'direct', mac: other, allowed: /RB202/ });
        // It looks for 30 s, since a driver may load late.
        const report = await failureReport(machine, 'RB202', 90);
        expect(report.step).toBe('network');
        expect(report.what).toMatch(
            new RegExp(`^no NIC has the MAC address ${mac}; there are: \\w+=${other}$`),
        );
        expect(report.cure).toContain('correct "mac" of this host in the configuration');
        expect(await imageUsers(lab.cluster, image)).toEqual({ watchers: [], owner: undefined });
    },
);
