import { expect, it } from 'vitest';
import { isSupported, parseOsRelease } from './release.ts';

// As the package base-files has it in each release; only the lines that are read, and one other.
const debian12 = `PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"
VERSION_ID="12"
VERSION_CODENAME=bookworm
ID=debian
`;
const debian13 = `PRETTY_NAME="Debian GNU/Linux 13 (trixie)"
VERSION_ID="13"
DEBIAN_VERSION_FULL=13.7
ID=debian
`;
const ubuntu2404 = `PRETTY_NAME="Ubuntu 24.04.1 LTS"
VERSION_ID="24.04"
ID=ubuntu
ID_LIKE=debian
`;

it.each([
    [debian12, { id: 'debian', version: '12', name: 'Debian GNU/Linux 12 (bookworm)' }],
    [debian13, { id: 'debian', version: '13', name: 'Debian GNU/Linux 13 (trixie)' }],
    [ubuntu2404, { id: 'ubuntu', version: '24.04', name: 'Ubuntu 24.04.1 LTS' }],
])('knows a release that it is made for', (text, release) => {
    expect(parseOsRelease(text)).toEqual(release);
    expect(isSupported(release)).toBe(true);
});

it.each([
    ['an older one', 'ID=debian\nVERSION_ID="11"\n'],
    ['the next one of Debian, which has no number yet', 'ID=debian\nVERSION_CODENAME=sid\n'],
    ['a newer one of Ubuntu', 'ID=ubuntu\nVERSION_ID="25.10"\n'],
    ['one that only is like Debian', "ID='devuan'\nID_LIKE=debian\nVERSION_ID=13\n"],
])('knows %s not', (_, text) => {
    const release = parseOsRelease(text);
    expect(release).toBeDefined();
    expect(release && isSupported(release)).toBe(false);
});

it('takes nothing for a release that does not say what it is', () => {
    expect(parseOsRelease('')).toBeUndefined();
    expect(parseOsRelease('# ID=debian\nVERSION_ID=12\n')).toBeUndefined();
});

it('lets no control character through to a terminal', () => {
    const { name } = parseOsRelease('ID=x\nPRETTY_NAME="a\u001b[2Jb"\n') ?? {};
    expect(name).toBe('a[2Jb');
});
