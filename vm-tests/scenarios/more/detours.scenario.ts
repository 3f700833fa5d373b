import { expect } from 'vitest';
import { imageUsers } from '../../cluster/truth.ts';
import { emittedBootScript } from '../../emitted-boot-script.ts';
import { directAddress } from '../../network/addresses.ts';
import { rootMounted } from '../../qemu/root-mounted.ts';
import { scenarioAtOnce } from '../../scenario.ts';

scenarioAtOnce('a machine that is to ask for its address itself has one by DHCP', async (scene) => {
    const { boot, lab } = scene;
    const { image, mac } = scene.host('dhcp');
    const machine = await boot({ host: 'dhcp', lane: 'direct' });
    await rootMounted(machine, 60);
    const acknowledged = machine.journal
        .all()
        .filter(({ source, text }) => source === 'dhcp' && text.includes(`DHCPACK`))
        .map(({ text }) => /DHCPACK\(\w+\) (\S+) (\S+)/.exec(text)?.slice(1) ?? [])
        .filter(([, who]) => who === mac);
    expect(acknowledged).toHaveLength(1);
    const [address] = acknowledged[0] ?? [];
    expect(await imageUsers(lab.cluster, image)).toEqual({ watchers: [address], owner: address });
});

scenarioAtOnce('a machine boots while most of the monitors are gone', async (scene) => {
    const { boot, lab } = scene;
    const machine = await boot({
        host: 'desk2',
        lane: 'direct',
        bootScript: await emittedBootScript(lab, 'dead-monitors'),
    });
    await rootMounted(machine, 90);
    const address = directAddress(lab, scene.host('desk2'));
    const { image } = scene.host('desk2');
    expect(await imageUsers(lab.cluster, image)).toEqual({ watchers: [address], owner: address });
});
