// What a figure must reach. A row has `target`: { most } or { least }, of its `ratio`, or with `of` of another field.
import { number } from "./table.mjs";

const measured = (row) => row[row.target.of ?? "ratio"];

/** "", "reached" or "MISSED". */
export function verdict(row) {
  if (row.skipped || !row.target) return "";
  const { most = Infinity, least = -Infinity } = row.target;
  return measured(row) <= most && measured(row) >= least ? "reached" : "MISSED";
}

/** Twice as bad as it may be: not noise, something is broken. */
export function isGrossLoss(row) {
  if (row.skipped || !row.target) return false;
  const { most = Infinity, least = -Infinity } = row.target;
  return measured(row) > most * 2 || measured(row) < least / 2;
}

export function describeTarget({ target }) {
  if (!target) return "";
  const unit = target.unit ? ` ${target.unit}` : "";
  return target.most === undefined ? `≥ ${number(target.least)}${unit}` : `≤ ${number(target.most)}${unit}`;
}
