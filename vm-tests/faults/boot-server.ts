import { readFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';

/** What is wrong with the answer to a request for a file. */
export type Answer =
    /** 404 */
    | 'missing'
    /** 500 */
    | 'broken'
    /** The connection ends after 60 % of what was announced. */
    | 'truncated'
    /** Nothing comes after 60 %, and the connection stays. */
    | 'stalled'
    /** The contents of another file. */
    | { readonly file: string }
    /** Other contents, made of its own. */
    | { readonly changed: (text: string) => string };

/** What a machine asked for. */
export interface Asked {
    /** As in its request: `/by-mac/52-54-00-12-34-01/boot.ipxe`. */
    readonly path: string;
    readonly status: number;
    /** Of the file, that went out. */
    readonly bytes: number;
}

/** The HTTP server of one machine, which can be made to answer wrongly while the machine boots. */
export interface BootServer {
    readonly port: number;
    /** Answers requests for files of this name so from now on. @returns what takes that back. */
    readonly answer: (name: string, how: Answer) => () => void;
    /** Is told of each request when it has been answered. */
    readonly follow: (take: (asked: Asked) => void) => void;
    readonly close: () => void;
}

/**
 * Serves a directory.
 *
 * @param texts what stands in the place of some of its files, by path.
 */
export async function startBootServer(
    address: string,
    directory: string,
    texts: Readonly<Record<string, string>>,
): Promise<BootServer> {
    const answers = new Map<string, Answer>();
    const followers: ((asked: Asked) => void)[] = [];
    const server = createServer((request, response) => {
        const path = new URL(request.url ?? '/', 'http://server').pathname;
        const read = async (file: string) =>
            file === path && texts[path] !== undefined
                ? Buffer.from(texts[path])
                : readFile(join(directory, file));
        const sending = send(response, path, answers.get(basename(path)), read);
        response.once('close', async () => {
            const bytes = await sending.catch(() => 0);
            for (const take of followers) {
                take({ path, status: response.statusCode, bytes });
            }
        });
        sending.catch(() => response.writeHead(404).end());
    });
    await new Promise<void>((resolve) => server.listen(0, address, resolve));
    return {
        port: (server.address() as AddressInfo).port,
        answer(name, how) {
            answers.set(name, how);
            return () => {
                answers.delete(name);
            };
        },
        follow: (take) => {
            followers.push(take);
        },
        close: () => {
            server.closeAllConnections();
            server.close();
        },
    };
}

/** @returns the bytes of the file that are on their way. */
async function send(
    response: ServerResponse,
    path: string,
    answer: Answer | undefined,
    read: (file: string) => Promise<Buffer>,
): Promise<number> {
    if (answer === 'missing' || answer === 'broken') {
        response.writeHead(answer === 'missing' ? 404 : 500).end();
        return 0;
    }
    const bytes = await contents(path, answer, read);
    response.writeHead(200, { 'content-length': bytes.length });
    if (answer !== 'truncated' && answer !== 'stalled') {
        response.end(bytes);
        return bytes.length;
    }
    const part = bytes.subarray(0, Math.floor(bytes.length * 0.6));
    response.write(part, () => {
        if (answer === 'truncated') {
            // What was written goes out first; then both directions end.
            response.socket?.destroySoon();
        }
    });
    return part.length;
}

async function contents(
    path: string,
    answer: Answer | undefined,
    read: (file: string) => Promise<Buffer>,
): Promise<Buffer> {
    if (typeof answer !== 'object') {
        return read(path);
    }
    return 'file' in answer
        ? readFile(answer.file)
        : Buffer.from(answer.changed((await read(path)).toString()));
}
