/** Which of two editions, such as 3.9 and 3.12.1, is the newer: below 0 where the first is older; what one does not say is not compared. */
export function compareEditions(a: string, b: string): number {
  const [first, second] = [a, b].map((one) => one.split(".").map((part) => Number.parseInt(part, 10)));
  for (const [n, part] of (first ?? []).entries()) {
    const other = second?.[n];
    if (other === undefined) return 0;
    if (part !== other) return part - other;
  }
  return 0;
}

/** Why a program needs a Python of at least this edition. */
export interface NeededEdition {
  /** Such as 3.12. */
  edition: string;
  /** The line and what stands there. */
  because: string;
}
