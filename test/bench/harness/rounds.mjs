// Figures in rounds: everything that is compared runs once in each round, in turns forwards and backwards, so that
// what else the machine does falls on all of them alike. Ratios are taken within a round, and their median counts.

/** Runs each of `runs` (name: function that returns a number) `count` times; the numbers by name. */
export async function measure(count, runs) {
  const names = Object.keys(runs);
  const values = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round < count; round += 1) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) values[name].push(await runs[name]());
  }
  return values;
}

/** The value below which `part` (0 to 1) of the values lie. */
export function quantile(values, part) {
  const sorted = values.toSorted((a, b) => a - b);
  const at = part * (sorted.length - 1);
  const below = sorted[Math.floor(at)];
  return below + (sorted[Math.ceil(at)] - below) * (at % 1);
}

export const median = (values) => quantile(values, 0.5);

/** The median of the ratios of each round, and between which two the middle half of them lies. */
export function compare(ours, theirs) {
  const ratios = ours.map((value, round) => value / theirs[round]);
  return { ratio: median(ratios), spread: [quantile(ratios, 0.25), quantile(ratios, 0.75)] };
}
