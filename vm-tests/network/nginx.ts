import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Daemon, startDaemon } from '../children.ts';
import type { Network } from './plan.ts';

/** One request, as the access log has it. */
export interface HttpRequest {
    /** Milliseconds since 1970 at which the answer had been sent. */
    readonly endedAt: number;
    /** Seconds from the first byte of the request to the last byte of the answer. */
    readonly seconds: number;
    readonly client: string;
    readonly path: string;
    readonly status: number;
    readonly bytes: number;
}

/** The access log has one tab-separated line for each request. */
const logFormat = '$msec\\t$request_time\\t$remote_addr\\t$uri\\t$status\\t$body_bytes_sent';

/**
 * Starts the HTTP server of the boot files.
 *
 * @param directory what is served.
 * @param state a directory for its configuration and its temporary files.
 * @param logs a directory, for `nginx-access.log` and `nginx.log`.
 */
export async function startNginx(
    network: Network,
    directory: string,
    state: string,
    logs: string,
): Promise<Daemon> {
    const configuration = join(state, 'nginx.conf');
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
        (kind) => `    ${kind}_temp_path ${join(state, `nginx-${kind}`)};`,
    );
    await writeFile(
        configuration,
        [
            'daemon off;',
            'user root;',
            // One process, which can be stopped and ended as one.
            'master_process off;',
            `pid ${join(state, 'nginx.pid')};`,
            'error_log stderr info;',
            'events { worker_connections 64; }',
            'http {',
            `    log_format requests '${logFormat}';`,
            `    access_log ${join(logs, 'nginx-access.log')} requests;`,
            '    default_type application/octet-stream;',
            ...temporary,
            '    server {',
            `        listen ${network.server}:80;`,
            `        root ${directory};`,
            // What rbdboot keeps there for itself.
            '        location ~ /\\. { return 404; }',
            // A machine writes there, and a link of its could lead to any file of this server.
            '        location ~ /cephfs/ { disable_symlinks on from=$document_root; }',
            '    }',
            '}',
            '',
        ].join('\n'),
    );
    return startDaemon(
        'nginx',
        ['nginx', '-e', 'stderr', '-p', state, '-c', configuration],
        join(logs, 'nginx.log'),
    );
}

/** Reads a line of the access log. */
export function parseRequest(line: string): HttpRequest | undefined {
    const [msec, seconds, client, path, status, bytes] = line.split('\t');
    if (client === undefined || path === undefined || bytes === undefined) {
        return undefined;
    }
    return {
        endedAt: Number(msec) * 1000,
        seconds: Number(seconds),
        client,
        path,
        status: Number(status),
        bytes: Number(bytes),
    };
}
