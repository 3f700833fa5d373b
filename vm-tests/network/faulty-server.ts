import { readFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

/** What is wrong with the answer to one path. */
export type Fault =
    /** 404 */
    | 'missing'
    /** 500 */
    | 'broken'
    /** The connection ends after 60 % of what was announced. */
    | 'truncated'
    /** Nothing comes after 60 %, and the connection stays. */
    | 'stalled';

/** An HTTP server that serves a directory, one file of it with a fault. */
export interface FaultyServer {
    readonly port: number;
    /** Paths that were asked for, in their order. */
    readonly asked: readonly string[];
    readonly close: () => void;
}

/** @param path of the file with the fault: `/initrd.img`. */
export async function startFaultyServer(
    address: string,
    directory: string,
    path: string,
    fault: Fault,
): Promise<FaultyServer> {
    const asked: string[] = [];
    const server = createServer((request, response) => {
        const wanted = new URL(request.url ?? '/', 'http://server').pathname;
        asked.push(wanted);
        answer(response, join(directory, wanted), wanted === path ? fault : undefined).catch(() =>
            response.writeHead(404).end(),
        );
    });
    await new Promise<void>((resolve) => server.listen(0, address, resolve));
    return {
        port: (server.address() as AddressInfo).port,
        asked,
        close: () => {
            server.closeAllConnections();
            server.close();
        },
    };
}

async function answer(
    response: ServerResponse,
    file: string,
    fault: Fault | undefined,
): Promise<void> {
    if (fault === 'missing' || fault === 'broken') {
        response.writeHead(fault === 'missing' ? 404 : 500).end();
        return;
    }
    const bytes = await readFile(file);
    response.writeHead(200, { 'content-length': bytes.length });
    if (fault === undefined) {
        response.end(bytes);
        return;
    }
    response.write(bytes.subarray(0, Math.floor(bytes.length * 0.6)), () => {
        if (fault === 'truncated') {
            // What was written goes out first; then both directions end.
            response.socket?.destroySoon();
        }
    });
}
