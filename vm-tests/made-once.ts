/**
 * What a process makes once for each name, whoever asks for it. A failure is not kept: whoever asks next,
 * a scenario of another file perhaps, tries again.
 *
 * @param known what is made already, or being made.
 */
export function madeOnce<Name, Made>(
    known: Map<Name, Promise<Made>>,
    name: Name,
    make: () => Promise<Made>,
): Promise<Made> {
    const before = known.get(name);
    if (before !== undefined) {
        return before;
    }
    const making = make();
    known.set(name, making);
    making.catch(() => known.delete(name));
    return making;
}
