// The row of most parts: ours beside a peer's, in one unit, with the ratio that was found in rounds.
import { compare, median } from "./rounds.mjs";
import { number } from "./table.mjs";
import { describeTarget, verdict } from "./target.mjs";

/** `values` as `measure` returns them; `peer` is the name of the one to compare with. */
export function comparison(values, what, peer, { target, unit }) {
  return {
    what,
    ours: median(values[what]),
    peer,
    theirs: median(values[peer]),
    unit,
    ...compare(values[what], values[peer]),
    ...(target && { target }),
  };
}

export const comparisonColumns = [
  ["", ({ what }) => what],
  [">ours", ({ ours, unit }) => `${number(ours)} ${unit}`],
  ["beside", ({ peer }) => peer],
  [">theirs", ({ theirs }) => (theirs === undefined ? "" : number(theirs))],
  [">ratio", ({ ratio }) => (ratio === undefined ? "" : number(ratio))],
  ["spread", ({ spread }) => (spread ? spread.map(number).join("–") : "")],
  [">target", describeTarget],
  ["", verdict],
];
