import { expect, it } from 'vitest';
import { parseMapOption } from '../model/map-option.ts';
import { needsOf } from '../plan/needs.ts';
import { perform } from '../sh/build.ts';
import { aHost, anEnvironment, aSite } from '../testing/builders.ts';
import { oneHost } from './boot-subject.ts';
import { planBoot } from './plan-boot.ts';

function modulesWith(mode: string): readonly string[] {
    const parsed = parseMapOption('ms_mode', mode);
    const mapOptions = parsed.ok && parsed.value !== undefined ? [parsed.value] : [];
    const subject = oneHost(aSite(), aHost({ mapOptions }));
    const plan = planBoot(subject, anEnvironment);
    const steps = plan.ok ? plan.value['before-root'].steps : [];
    return needsOf(steps.map((step) => perform(step.function))).modules;
}

it('carries the algorithms that an encrypted connection asks for by name', () => {
    const plain = ['virtio_pci', 'virtio_net', 'rbd', 'ext4'];
    const encrypting = ['gf128mul', 'ghash_generic', 'ctr', 'gcm'];
    expect(modulesWith('crc')).toEqual(plain);
    for (const mode of ['secure', 'prefer-secure']) {
        expect([...modulesWith(mode)].sort()).toEqual([...plain, ...encrypting].sort());
    }
});
