/** Who is at work in a phase: what a picture gives one colour. */
export type PhaseGroup = 'firmware' | 'iPXE' | 'kernel' | 'initramfs' | 'rbdboot' | 'system';

export const phaseGroups: readonly PhaseGroup[] = [
    'firmware',
    'iPXE',
    'kernel',
    'initramfs',
    'rbdboot',
    'system',
];

const groups: readonly (readonly [RegExp, PhaseGroup])[] = [
    [/^firmware$/, 'firmware'],
    [/^iPXE: |^kernel is unpacked$/, 'iPXE'],
    [/^kernel$/, 'kernel'],
    [/^initramfs$/, 'initramfs'],
    [/^rbdboot: /, 'rbdboot'],
];

export function phaseGroup(name: string): PhaseGroup {
    return groups.find(([pattern]) => pattern.test(name))?.[1] ?? 'system';
}
