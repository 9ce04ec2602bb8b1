import fc from "fast-check";

/** Every generated value of a run follows from it: TQ_FUZZ_SEED repeats what was found. */
const FUZZ_SEED = Number(process.env["TQ_FUZZ_SEED"] ?? Date.now() % 2 ** 31);

/** Payloads that are tried with each serializer; other kinds of input are a part of that. */
export const FUZZ_RUNS = Number(process.env["TQ_FUZZ_RUNS"] ?? 200_000);

/** How often each outcome came, and the longest time that one input took. */
export interface Tally {
  count: (outcome: string, times?: number) => void;
  /** Runs the work and remembers its time. Throws where it took longer than the bound, in milliseconds. */
  within: <T>(bound: number, work: () => T | Promise<T>) => Promise<T>;
}

/**
 * Tries the check with `runs` generated values and prints what came of it. The check throws where a promise is broken;
 * fast-check then looks for a shorter input that breaks it too, and says how to repeat it.
 */
export async function fuzz<T>(
  what: string,
  input: fc.Arbitrary<T>,
  runs: number,
  check: (value: T, tally: Tally) => Promise<void> | void,
): Promise<void> {
  if (runs === 0) return;
  const outcomes = new Map<string, number>();
  let slowest = 0;
  const tally: Tally = {
    count: (outcome, times = 1) => outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + times),
    within: async (bound, work) => {
      const since = performance.now();
      const result = await work();
      const took = performance.now() - since;
      slowest = Math.max(slowest, took);
      if (took > bound) throw new Error(`it took ${Math.round(took)} ms, and ${bound} are allowed`);
      return result;
    },
  };
  const since = performance.now();
  await fc.assert(
    fc.asyncProperty(input, async (value) => {
      await check(value, tally);
    }),
    // Looking for the shortest input is cut short: each try may start a process.
    { seed: FUZZ_SEED, numRuns: runs, interruptAfterTimeLimit: 3_600_000, markInterruptAsFailure: true },
  );
  const seen = [...outcomes].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, n]) => `${name} ${n}`);
  console.log(
    [
      `${what}: ${runs} tried, none broke a promise`,
      seen.join(", "),
      `slowest ${Math.round(slowest)} ms`,
      `${((performance.now() - since) / 1000).toFixed(1)} s, seed ${FUZZ_SEED}`,
    ].join("; "),
  );
}
