import { accepted, type Parsed, refused } from './parsed.ts';

declare const brand: unique symbol;

/** A CephX user without its type: `desks` for `client.desks`. */
export type ClientName = string & { readonly [brand]: 'ClientName' };

/** A cluster's id, a lower-case UUID. */
export type Fsid = string & { readonly [brand]: 'Fsid' };

/** The name of a machine, one label of a host name (RFC 1123 section 2.1). */
export type HostName = string & { readonly [brand]: 'HostName' };

export function parseClientName(text: string): Parsed<ClientName> {
    if (text.startsWith('client.')) {
        return refused(`leave out the type: "${text.slice('client.'.length)}"`);
    }
    if (!/^[A-Za-z0-9_][A-Za-z0-9_.-]*$/.test(text)) {
        return refused('a client name has letters, digits, ".", "_" and "-"');
    }
    return accepted(text as ClientName);
}

export function parseFsid(text: string): Parsed<Fsid> {
    if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) {
        return refused('a fsid is a UUID: "ceph fsid" prints it');
    }
    return accepted(text.toLowerCase() as Fsid);
}

export function parseHostName(text: string): Parsed<HostName> {
    if (!/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(text)) {
        return refused(
            'a host name has 1 to 63 lower-case letters, digits and "-", and no "-" at either end',
        );
    }
    return accepted(text as HostName);
}
