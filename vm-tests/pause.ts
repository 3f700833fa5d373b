/**
 * Stops a daemon while something is done, as a machine that hangs: its address answers and its
 * connections stay, and no more comes of them. Afterwards it goes on where it was.
 */
export async function whilePaused<T>(pid: number, work: () => Promise<T>): Promise<T> {
    process.kill(pid, 'SIGSTOP');
    try {
        return await work();
    } finally {
        process.kill(pid, 'SIGCONT');
    }
}
