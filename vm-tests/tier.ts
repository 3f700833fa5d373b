/**
 * The machines of the first tier take as long as a change of one line should; all the others come
 * with `make vm-test`.
 */
export const firstTierAlone = process.env.RBDBOOT_TIER === 'first';
