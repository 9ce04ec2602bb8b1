import { wrap } from "../../report/wrap.js";

/** A name, and what it is. */
export type Row = readonly [name: string, says: string];

/** The least columns in which a sentence is read with ease beside a name. */
const ENOUGH = 24;

/** Two columns, the first as wide as `nameWidth`; where there is no room for two, each text stands below its name. */
export function formatRows(rows: readonly Row[], nameWidth: number, width: number): string[] {
  const room = width - nameWidth - 4;
  return rows.flatMap(([name, says]) => {
    if (room < ENOUGH) return [`  ${name}`, ...wrap(says, width - 6).map((line) => `      ${line}`)];
    const [first = "", ...rest] = wrap(says, room);
    return [
      `  ${name.padEnd(nameWidth)}  ${first}`.trimEnd(),
      ...rest.map((line) => `${" ".repeat(nameWidth + 4)}${line}`),
    ];
  });
}
