/** Ways, each with its values, and which of them can stand together. */
export interface Table<C> {
  ways: { readonly [W in keyof C]: readonly C[W][] };
  /** Also of a part of the choices. */
  isPossible: (choices: Partial<C>) => boolean;
  /** Where several values bring as much, each row begins with another, not always with the first. */
  takesTurns?: boolean;
}

type Pair<C> = readonly [keyof C, C[keyof C], keyof C, C[keyof C]];

/** Every two values of two ways that can stand together. */
export function listPairs<C extends object>({ ways: WAYS, isPossible }: Table<C>): Pair<C>[] {
  const ways = Object.keys(WAYS) as (keyof C)[];
  return ways.flatMap((one, at) =>
    ways
      .slice(at + 1)
      .flatMap((other) =>
        WAYS[one].flatMap((a) =>
          WAYS[other]
            .filter((b) => isPossible({ [one]: a, [other]: b } as Partial<C>))
            .map((b): Pair<C> => [one, a, other, b]),
        ),
      ),
  );
}

export function holds<C>(choices: C, [one, a, other, b]: Pair<C>): boolean {
  return choices[one] === a && choices[other] === b;
}

/**
 * At least so many rows, and every pair as often in different company as they allow: each row begins with the first
 * pair that is still missing and takes for every other way the value that brings most missing pairs. Always the same.
 */
export function coverPairs<C extends object>(table: Table<C>, atLeast: number): C[] {
  const rows: C[] = [];
  for (let round = 0; rows.length < atLeast; round += 1) {
    const all = listPairs(table);
    let missing = round % 2 === 0 ? all : all.reverse();
    while (missing.length > 0) {
      const row = rowFor(table, missing, table.takesTurns === true ? rows.length : 0);
      rows.push(row);
      missing = missing.filter((pair) => !holds(row, pair));
    }
  }
  return rows;
}

function rowFor<C extends object>(
  { ways, isPossible }: Table<C>,
  missing: readonly Pair<C>[],
  turn: number,
): C {
  const row: Partial<C> = {};
  const [first] = missing;
  if (first) Object.assign(row, { [first[0]]: first[1], [first[2]]: first[3] });
  for (const way of (Object.keys(ways) as (keyof C)[]).filter((one) => row[one] === undefined)) {
    const at = turn % ways[way].length;
    const values = [...ways[way].slice(at), ...ways[way].slice(0, at)];
    const tries = values.map((value) => ({ ...row, [way]: value })).filter(isPossible);
    const gains = tries.map((tried) => countNew(tried, way, missing));
    const best = tries[gains.indexOf(Math.max(...gains))];
    if (!best) throw new Error(`no ${String(way)} goes with ${JSON.stringify(row)}`);
    Object.assign(row, best);
  }
  return row as C;
}

/** Missing pairs of this way: those that the row now holds, and, for less, those that it still could. */
function countNew<C>(row: Partial<C>, way: keyof C, missing: readonly Pair<C>[]): number {
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
