/**
 * Waits for work, and no longer than so long. The work itself goes on: nothing here can interrupt it.
 *
 * @param late what to throw when the seconds are over.
 */
export async function inTime<T>(seconds: number, work: Promise<T>, late: string): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const over = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new Error(late)), seconds * 1000);
    });
    return Promise.race([work, over]).finally(() => clearTimeout(timer));
}
