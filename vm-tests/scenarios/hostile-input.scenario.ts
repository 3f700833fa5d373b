import { expect } from 'vitest';
import { quoteLiteral } from '../../generator/sh/quote.ts';
import { hostileValues } from '../../generator/testing/hostile-values.ts';
import { emittedBootScript } from '../emitted-boot-script.ts';
import { scenario } from '../scenario.ts';

/** The boot script up to where it begins to run its steps: its functions alone. */
function functionsOf(script: string): string {
    const first = script.search(/^step_[a-z_]+$/m);
    if (first < 0) {
        throw new Error('the boot script runs no steps');
    }
    return script.slice(0, first);
}

/**
 * Goes through the values in the initramfs of a machine: each as each parameter, in the host archive
 * and in the form of the command line, found and matched by the functions of the boot script.
 */
function tryAll(values: readonly string[]): string {
    const matchers = { mac: 'is_mac', image: 'is_image', client: 'is_client', address: 'is_ipv4' };
    return `
canary() {
    echo 'rbdboot: something was evaluated' > /dev/console
}
found=0 accepted=0 refused=0
try() {
    for name in ${Object.keys(matchers).join(' ')}; do
        printf 'rw rbdboot.%s=%s panic=60\\n' "$name" "$1" > /etc/rbdboot/host
        find_parameter "$name"
        found=$((found + 1))
        case "$name" in
${Object.entries(matchers)
    .map(([name, matcher]) => `            ${name}) ${matcher} "$parameter" ;;`)
    .join('\n')}
        esac && accepted=$((accepted + 1)) || refused=$((refused + 1))
    done
}
mkdir -p /etc/rbdboot
cp /etc/rbdboot/host /etc/rbdboot/kept
${values.map((value) => `try ${quoteLiteral(value)}`).join('\n')}
mv /etc/rbdboot/kept /etc/rbdboot/host
if [ -e /canary ]; then
    canary
fi
echo "hostile values: $found tried, $accepted accepted, $refused refused" > /dev/kmsg
`;
}

/** As many hand-written scripts do with their command line, which is what ours must not. */
const evaluating = `
read -r line < /proc/cmdline
for argument in $line; do
    case "$argument" in
        site.*) eval "\${argument#site.}" ;;
    esac
done
`;

scenario(
    {
        id: 'S09',
        title: '200 hostile values in the initramfs of a machine: none is evaluated, and it boots',
        tier: 'change',
        machines: ['handover/desk1'],
        lane: 'direct',
        premise: 'S09.premise',
        outcome: 'up',
    },
    async ({ boot, lab }) => {
        const script = await emittedBootScript(lab, 'handover');
        const functions = functionsOf(script);
        const machine = await boot({
            // What the prerequisites are asked with ends the script before any of this.
            bootScript: `${functions}${tryAll(hostileValues)}${script.slice(functions.length)}`,
        });
        await machine.rootMounted(150);
        const console = machine.console.lines();
        const [line] = console
            .map((text) => /hostile values: .*/.exec(text)?.[0])
            .filter((text) => text !== undefined);
        const [tried, accepted, refused] = (line?.match(/\d+/g) ?? []).map(Number);
        expect([tried, (accepted ?? 0) + (refused ?? 0)]).toEqual([800, 800]);
        expect(accepted).toBeLessThan(40);
        expect(console.filter((text) => text.includes('evaluated'))).toEqual([]);
        const { owner, watchers } = await machine.image.users();
        expect(watchers).toEqual([owner]);
    },
);

scenario(
    {
        id: 'S09.premise',
        title: 'a script that evaluates its command line does what stands there',
        tier: 'night',
        machines: ['handover/desk2'],
        lane: 'direct',
        outcome: { shows: 'what the command line asked for', within: 90 },
    },
    async ({ boot, lab }) => {
        const script = await emittedBootScript(lab, 'handover');
        const functions = functionsOf(script);
        const machine = await boot({
            commandLine: (line) => `${line} site.name=x;echo\${IFS}evaluated>/dev/console`,
            bootScript: `${functions}${evaluating}${script.slice(functions.length)}`,
        });
        await machine.showed(/(^|\.\.\. )evaluated$/);
    },
);
