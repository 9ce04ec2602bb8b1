/** Names that a hurried hand takes for each other: other case, an underscore or a plural s more, one or two letters. */
export function findSimilar(name: string, candidates: readonly string[]): string | null {
  const plain = (one: string): string => one.toLowerCase().replaceAll("_", "").replace(/s$/, "");
  const same = candidates.find((one) => one !== name && plain(one) === plain(name));
  if (same !== undefined) return same;
  const limit = name.length > 7 ? 2 : name.length > 3 ? 1 : 0;
  const [closest] = candidates
    .filter((one) => one !== name && one.length > 2)
    .map((one) => ({ one, distance: distanceBetween(one.toLowerCase(), name.toLowerCase()) }))
    .filter(({ distance }) => distance <= limit)
    .sort((a, b) => a.distance - b.distance);
  return closest?.one ?? null;
}

/** Levenshtein's: letters put in, left out or changed. */
function distanceBetween(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, n) => n);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
