import { type Choices, isPossible, type Way, ways, WAYS } from "./choices.js";

type Value = Choices[Way];
type Pair = readonly [Way, Value, Way, Value];

/** Every two values of two ways that can stand together. */
export function listPairs(): Pair[] {
  return ways.flatMap((one, at) =>
    ways
      .slice(at + 1)
      .flatMap((other) =>
        WAYS[one].flatMap((a) =>
          WAYS[other]
            .filter((b) => isPossible({ [one]: a, [other]: b }))
            .map((b): Pair => [one, a, other, b]),
        ),
      ),
  );
}

export function holds(choices: Choices, [one, a, other, b]: Pair): boolean {
  return choices[one] === a && choices[other] === b;
}

/**
 * At least so many rows, and every pair as often in different company as they allow: each row begins with the first
 * pair that is still missing and takes for every other way the value that brings most missing pairs. Always the same.
 */
export function coverPairs(atLeast: number): Choices[] {
  const rows: Choices[] = [];
  for (let round = 0; rows.length < atLeast; round += 1) {
    const all = listPairs();
    let missing = round % 2 === 0 ? all : all.reverse();
    while (missing.length > 0) {
      const row = rowFor(missing);
      rows.push(row);
      missing = missing.filter((pair) => !holds(row, pair));
    }
  }
  return rows;
}

function rowFor(missing: readonly Pair[]): Choices {
  const row: Partial<Choices> = {};
  const [first] = missing;
  if (first) Object.assign(row, { [first[0]]: first[1], [first[2]]: first[3] });
  for (const way of ways.filter((one) => row[one] === undefined)) {
    const tries = WAYS[way].map((value) => ({ ...row, [way]: value })).filter(isPossible);
    const gains = tries.map((tried) => countNew(tried, way, missing));
    Object.assign(row, tries[gains.indexOf(Math.max(...gains))]);
  }
  return row as Choices;
}

/** Missing pairs of this way: those that the row now holds, and, for less, those that it still could. */
function countNew(row: Partial<Choices>, way: Way, missing: readonly Pair[]): number {
  let gain = 0;
  for (const [one, a, other, b] of missing) {
    if (one !== way && other !== way) continue;
    if (row[way] !== (one === way ? a : b)) continue;
    const partner = one === way ? row[other] : row[one];
    if (partner === (one === way ? b : a)) gain += 1;
    else if (partner === undefined) gain += 0.001;
  }
  return gain;
}
