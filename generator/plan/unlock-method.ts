/** Where the key of a LUKS container comes from. */
export type UnlockMethod =
    | { readonly kind: 'passphrase'; readonly tries: number }
    /** `handedOver`: it comes with the host archive, and is not in the initrd itself. */
    | { readonly kind: 'key-file'; readonly handedOver: boolean }
    | { readonly kind: 'crypttab' };
