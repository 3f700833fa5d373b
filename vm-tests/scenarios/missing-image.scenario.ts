import { expect } from 'vitest';
import { printImageReference } from '../../generator/model/image-reference.ts';
import { directAddress } from '../network/addresses.ts';
import { type Scene, scenario } from '../scenario.ts';

const missing = [
    { host: 'no-image', what: 'image', logged: /image rbd\/fleet\/missing does not exist/ },
    { host: 'no-namespace', what: 'namespace', logged: /image rbd\/missing\/desk does not exist/ },
    { host: 'no-pool', what: 'pool', logged: /pool missing does not exist/ },
] as const;

for (const { host, logged, what } of missing) {
    scenario(
        {
            id: `F23.${what}`,
            title: `a machine whose ${what} does not exist says so`,
            tier: 'night',
            machines: [`fleet/${host}`],
            lane: 'direct',
            outcome: { code: 'RB206', within: 60 },
        },
        async (scene: Scene) => {
            const { boot, lab } = scene;
            const named = await scene.host();
            const { client, image, mac } = named;
            const machine = await boot();
            const report = await machine.refused();

            const name = printImageReference(image);
            expect(report).toMatchObject({
                step: 'map-image',
                what: `there is no image ${name}, or its pool or namespace does not exist`,
                cure: expect.stringContaining('"rbd ls" lists the images'),
                facts: {
                    nic: expect.stringContaining(mac),
                    address: expect.stringContaining(directAddress(lab, named)),
                    image: `${name} as client.${client}`,
                    monitors: '10.77.0.10:6789',
                },
            });
            expect(report.kernel).toContainEqual(expect.stringMatching(logged));
        },
    );
}
