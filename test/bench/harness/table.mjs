/** The widest line. */
const WIDTH = 100;

/** 1234567 as "1,234,567", 12.345 as "12.3", 0.1234 as "0.123". */
export function number(value) {
  const size = Math.abs(value);
  const digits = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
  return value.toFixed(digits).replace(/\B(?=(\d{3})+(\.|$))/g, (found, group, end, at, text) => {
    const point = text.indexOf(".");
    return point >= 0 && at > point ? found : ",";
  });
}

/**
 * Lines of a table. `columns` are pairs of a head and a function from a row to text; a head that begins with ">"
 * stands at the right. The first column takes what the others leave; a row that is `skipped` says why instead.
 */
export function table(columns, rows) {
  const heads = columns.map(([head]) => head.replace(/^>/, ""));
  const cells = rows.map((row) =>
    columns.map(([, cell], at) => (row.skipped && at > 0 ? "" : (cell(row) ?? ""))),
  );
  const widths = heads.map((head, at) => Math.max(head.length, ...cells.map((line) => line[at].length)));
  widths[0] = Math.max(
    8,
    Math.min(widths[0], WIDTH - widths.slice(1).reduce((sum, width) => sum + width + 2, 0)),
  );
  const draw = (line) =>
    line
      .map((text, at) =>
        columns[at][0].startsWith(">") ? text.padStart(widths[at]) : text.padEnd(widths[at]),
      )
      .join("  ")
      .trimEnd();
  return [
    draw(heads),
    ...cells.map((line, at) => (rows[at].skipped ? `${line[0]}  skipped: ${rows[at].skipped}` : draw(line))),
  ];
}
