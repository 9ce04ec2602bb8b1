const BARS = "▁▂▃▄▅▆▇█";

/** Numbers of 0 or more as a row of bars, the highest of them full; always with the numbers themselves beside it. */
export function sparkline(values: readonly number[]): string {
  const most = Math.max(...values, 1);
  return values.map((value) => BARS[Math.round((value / most) * (BARS.length - 1))] ?? "").join("");
}
