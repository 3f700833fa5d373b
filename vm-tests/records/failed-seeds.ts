/**
 * Seeds of power cuts after which an acknowledged record was once missing, torn or out of place, or
 * the file system was damaged: every run of all power cuts begins with them. Add a seed together
 * with what mends its cause. So far there has been none.
 */
export const failedSeeds: readonly number[] = Object.freeze([]);
