/** How often a property is tried: PROPERTY_RUNS=10 tries ten times as often as a normal run. */
export function propertyRuns(count: number): number {
    const factor = Number(process.env.PROPERTY_RUNS ?? 1);
    return Math.max(1, Math.round(count * factor));
}
