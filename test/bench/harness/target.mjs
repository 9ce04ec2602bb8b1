// What a figure must reach. A row has `target`: { most } or { least }, of its `ratio`, or with `of` of another field.
import { number } from "./table.mjs";

const measured = (row) => row[row.target.of ?? "ratio"];

/** "", "reached" or "MISSED". */
export function verdict(row) {
  if (row.skipped || !row.target) return "";
  const { most = Infinity, least = -Infinity } = row.target;
  return measured(row) <= most && measured(row) >= least ? "reached" : "MISSED";
}

/**
 * A ratio that is twice as bad as it may be, in more than three of four rounds: not noise, something is broken. Times
 * and exponents do not count, because they are those of a machine that may be busy.
 */
export function isGrossLoss(row) {
  if (row.skipped || !row.target || !row.spread || row.target.of) return false;
  const { most = Infinity, least = -Infinity } = row.target;
  return row.spread[0] > most * 2 || row.spread[1] < least / 2;
}

export function describeTarget({ target }) {
  if (!target) return "";
  const unit = target.unit ? ` ${target.unit}` : "";
  return target.most === undefined ? `≥ ${number(target.least)}${unit}` : `≤ ${number(target.most)}${unit}`;
}
