import { type Choices, type Dimension, DIMENSIONS, isPossible, OPTIONS } from "./choices.js";

interface Pair {
  first: [Dimension, unknown];
  second: [Dimension, unknown];
}

/**
 * Combinations in which every possible pair of options stands together at least once; then again from the start,
 * with other partners, until there are `least`. The same each time.
 */
export function coverPairs(least: number): Choices[] {
  const rows: Choices[] = [];
  let open: Pair[] = [];
  while (open.length > 0 || rows.length < least) {
    if (open.length === 0) open = allPairs();
    const row = fill(open, rows.length);
    open = open.filter((pair) => !holds(row, pair));
    rows.push(row);
  }
  return rows;
}

/** Every two options of different dimensions that can go together. */
export function allPairs(): Pair[] {
  return DIMENSIONS.flatMap((one, n) =>
    DIMENSIONS.slice(n + 1).flatMap((other) =>
      OPTIONS[one].flatMap((first) =>
        OPTIONS[other].map((second): Pair => ({ first: [one, first], second: [other, second] })),
      ),
    ),
  ).filter(({ first, second }) => isPossible(Object.fromEntries([first, second])));
}

export function holds(row: Partial<Choices>, { first, second }: Pair): boolean {
  return row[first[0]] === first[1] && row[second[0]] === second[1];
}

/** A row around the first open pair; each other option is the one that closes most pairs with those before it. */
function fill(open: readonly Pair[], turn: number): Choices {
  const [seed] = open;
  if (!seed) throw new Error("no pair is open");
  const row: Partial<Choices> = Object.fromEntries([seed.first, seed.second]);
  for (const [index, dimension] of DIMENSIONS.entries()) {
    if (row[dimension] !== undefined) continue;
    const options = OPTIONS[dimension];
    // Among equals another one each time, and not in step with the other dimensions.
    const shift = Math.floor(turn / (1 + (index % 5)));
    const candidates = options
      .map((_, n) => ({ ...row, [dimension]: options[(n + shift) % options.length] }))
      .filter(isPossible)
      .map((candidate) => ({ candidate, closed: open.filter((pair) => holds(candidate, pair)).length }));
    const best = candidates.reduce((one, other) => (other.closed > one.closed ? other : one));
    Object.assign(row, best.candidate);
  }
  return Object.fromEntries(DIMENSIONS.map((dimension) => [dimension, row[dimension]])) as Choices;
}
