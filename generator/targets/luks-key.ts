import type { EmittedFile } from '../model/emitted-file.ts';
import { luksKeyFile } from '../model/luks.ts';

/** The key of a LUKS container, for the boot script alone. @param key in base64. */
export function emitLuksKey(key: string): EmittedFile {
    return { path: luksKeyFile.slice(1), mode: 0o600, text: key };
}
