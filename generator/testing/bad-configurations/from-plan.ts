import { edit, host, type Row, typed } from './row.ts';

const imports =
    'defineBoot, defineStep, loadModules, mapImage, mountRoot, type Net, network, type PlanAuthor, type Root, standardPlan';

/** The good configuration with a plan of its own: the body of its function, and what comes before. */
function planned(body: string, before = ''): string {
    const plan = `filesystem: 'ext4',\n            plan: (plan, host) => {\n${body}\n            },`;
    const text = edit(typed("filesystem: 'ext4',", plan), '{ defineBoot }', `{ ${imports} }`);
    return edit(text, 'export default', `${before}\nexport default`);
}

const modules = `const modules = plan.step(loadModules(['rbd', 'ext4']));`;
const net = 'const net = plan.step(network(host));';
const device = 'const device = plan.step(mapImage({ ...host, net, modules }));';
const mount = "return plan.step(mountRoot({ device, modules, fileSystem: 'ext4' }));";
const parts = 'const { cluster, client, image } = host;';

/** What the types of steps and tokens say of a plan. */
export const fromThePlansTypes: readonly Row[] = [
    [
        'mapping before there is a network',
        planned(
            `${modules}\n${parts}\nconst device = plan.step(mapImage(▶{ modules, cluster, client, image }));\n${mount}`,
        ),
        'TS2345',
        'Argument of type \'{ modules: Modules<"ext4" | "rbd">; cluster: Cluster; client: Setting<ClientName>; image: Setting<ImageReference>; }\' is not assignable to parameter of type \'MapImageInput\'.',
    ],
    [
        'mounting what was never mapped',
        planned(`${modules}\nreturn plan.step(mountRoot(▶{ modules, fileSystem: 'ext4' }));`),
        'TS2345',
        'Argument of type \'{ modules: Modules<"ext4" | "rbd">; fileSystem: "ext4"; }\' is not assignable to parameter of type \'MountRootInput<"ext4">\'.',
    ],
    [
        'mapping without the module',
        planned(
            `const modules = plan.step(loadModules(['ext4']));\n${net}\nconst device = plan.step(mapImage({ ...host, net, ▶modules }));\n${mount}`,
        ),
        'TS2322',
        'Type \'Modules<"ext4">\' is not assignable to type \'Modules<"rbd">\'.',
    ],
    [
        'a forged token',
        planned(
            `${modules}\nconst device = plan.step(mapImage({ ...host, net: { ▶interface: 'eth0' }, modules }));\n${mount}`,
        ),
        'TS2322',
        "Type 'string' is not assignable to type 'Variable'.",
    ],
    [
        'a device by its path',
        planned(
            `${modules}\nreturn plan.step(mountRoot({ ...host, ▶device: '/dev/rbd0', modules }));`,
        ),
        'TS2322',
        "Type 'string' is not assignable to type 'BlockDevice'.",
    ],
    [
        'a step that was not recorded',
        planned(
            `${modules}\nconst device = plan.step(mapImage({ ...host, ▶net: network(host), modules }));\n${mount}`,
        ),
        'TS2739',
        "Type 'Step<Net>' is missing the following properties from type 'Net': interface, [brand]",
    ],
    [
        'a plan that does not end with a root',
        planned(`${modules}\n${net}\n${device}`).replace('plan: (', '▶plan: ('),
        'TS2322',
        "Type '(plan: PlanBuilder, host: PlannedHost) => void' is not assignable to type 'PlanAuthor'.",
    ],
    [
        'a plan that ends with the wrong token',
        planned(`${modules}\n${net}\nreturn net;`).replace('plan: (', '▶plan: ('),
        'TS2322',
        "Type '(plan: PlanBuilder, host: PlannedHost) => Net' is not assignable to type 'PlanAuthor'.",
    ],
];

const undoNetwork = `const undoNetwork = defineStep<{ net: Net }, Net>('undo-network', {
    contract: ['takes the network away'],
    ends: ({ net }) => [net],
    boot: (_, { net }) => ({ statements: [], achieved: { interface: net.interface } }),
});`;

/** Two hosts with one plan, which keeps a token of the first for the second. */
const keptToken = edit(
    edit(
        typed(
            host,
            `desk1: { mac: '52:54:00:12:34:01', image: 'rbd/1', filesystem: 'ext4', plan },
        desk2: { mac: '52:54:00:12:34:02', image: 'rbd/2', filesystem: 'ext4', plan },`,
        ),
        '{ defineBoot }',
        `{ ${imports} }`,
    ),
    'export default',
    `let kept: Net | undefined;
const plan: PlanAuthor = (plan, host) => {
    kept ??= plan.step(network(host));
    ${modules}
    ▶const device = plan.step(mapImage({ ...host, net: kept, modules }));
    ${mount}
};

export default`,
);

/**
 * What no type can say: it shows when the plan is built. The line is that of the user's file; the
 * column is its first character, since the run does not keep columns.
 */
export const fromThePlan: readonly Row[] = [
    [
        'a token of another plan',
        keptToken,
        'RB120',
        'step map-image takes a token that step network of another plan gave out',
    ],
    [
        'a token of another script',
        planned(
            `${modules}\n${net}\n▶plan.afterRoot.step(mapImage({ ...host, net, modules }));\n${device}\n${mount}`,
        ),
        'RB121',
        'step map-image runs after-root and takes a token of step network, which runs before-root',
    ],
    [
        'a token that a step has ended',
        planned(
            `${modules}\n${net}\nplan.step(undoNetwork({ net }));\n▶${device}\n${mount}`,
            undoNetwork,
        ),
        'RB122',
        'step map-image takes a token of step network, which step undo-network has ended',
    ],
    [
        'a plan that throws',
        planned("▶throw new Error('no plan yet');"),
        'RB123',
        'the plan of desk1 failed: no plan yet',
    ],
    [
        'a plan that misnames a step',
        planned(
            "▶plan.step(defineStep<object, Root>('Say Hello', { contract: [], boot: () => { throw new Error(); } })({}));\nreturn standardPlan(plan, host);",
        ),
        'RB123',
        'the plan of desk1 failed: "Say Hello" is no name for a step: write it-like-this',
    ],
];
