import { expect, it } from 'vitest';
import { parseMapOption } from '../../model/map-option.ts';
import type { ClientName } from '../../model/names.ts';
import { aHost, aSite } from '../../testing/builders.ts';
import { emitRealSystem } from './emit.ts';

const bootDirectory = {
    fileSystem: 'cephfs',
    path: '/hosts/desk1',
    client: 'boot-desk1' as ClientName,
    keyring: '/etc/ceph/ceph.client.boot-desk1.keyring',
};

function optionsOf(text: string): readonly string[] {
    return /^Options=(.*)$/m.exec(text)?.[1]?.split(',') ?? [];
}

it('mounts from every monitor, as the client of the directory, in the messenger of the mapping', () => {
    const mode = parseMapOption('ms_mode', 'prefer-crc');
    const mapOptions = mode.ok && mode.value !== undefined ? [mode.value] : [];
    const host = aHost({ bootDirectory, mapOptions });
    const monitors = [
        { address: '10.77.0.10', port: 3300 },
        { address: 'fd00::1', port: 3300 },
    ];
    const site = aSite({ cluster: { ...aSite().cluster, monitors }, hosts: [host] });
    const unit = emitRealSystem(site, host).find(({ path }) => path.endsWith('/boot.mount'));
    expect(unit?.text).toContain('\nWhat=10.77.0.10:3300,[fd00::1]:3300:/hosts/desk1\n');
    expect(optionsOf(unit?.text ?? '')).toEqual([
        '_netdev',
        'name=boot-desk1',
        'key=client.boot-desk1',
        'mds_namespace=cephfs',
        'recover_session=clean',
        'mount_timeout=30',
        'ms_mode=prefer-crc',
    ]);
});

it('has nothing of it for a host without a boot directory, and for all hosts at once', () => {
    const rules = ['etc/udev/rules.d/61-rbdboot.rules'];
    const paths = (...args: Parameters<typeof emitRealSystem>) =>
        emitRealSystem(...args).map(({ path }) => path);
    expect(paths(aSite(), aHost())).toEqual(rules);
    expect(paths(aSite())).toEqual(rules);
});

it('wants /boot without a link, and requires it of nothing', () => {
    const host = aHost({ bootDirectory });
    const files = emitRealSystem(aSite({ hosts: [host] }), host);
    const wants = files.find(({ path }) => path.includes('remote-fs.target.d/'));
    expect(wants?.text).toContain('\nWants=boot.mount\n');
    expect(files.every(({ text }) => !/RequiredBy|Requires=boot/.test(text))).toBe(true);
});
