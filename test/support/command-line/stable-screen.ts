/** What differs from run to run. In rows that hold such things, lines are broken elsewhere each time. */
const CHANGING: readonly [RegExp, string][] = [
  [/\b(?!127\.)\d+\.\d+\.\d+\.\d+(?=:6379)/g, "<address>"],
  [/\b(?!127\.)\d+\.\d+\.\d+\.\d+:\d+/g, "<address>:<port>"],
  [/\b(?!127\.)\d+\.\d+\.\d+\.\d+/g, "<address>"],
  [/\d+ bytes, written at \S+/g, "<n> bytes, written at <time>"],
  [/\d+ to one worker, \d+ to the other/g, "<n> to one worker, <n> to the other"],
  [/redis \d[.\d]+/g, "redis <version>"],
  [/up after \d+\.\d s/g, "up after <n> s"],
  [/(within|in|one worker|three) \d+ ms/g, "$1 <n> ms"],
  [/exit code 1 \([^)]*\)/g, "exit code 1 (<what Redis said>)"],
  [/they did \d, \d, \d/g, "they did <n>, <n>, <n>"],
  [/seen later: [^;]*/g, "seen later: <statuses>"],
  [/"submitted", then [^;]*;/g, '"submitted", then <statuses>;'],
  [/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, "<id>"],
  [/by \d+ processes/g, "by <n> processes"],
];

/** A transcript, without what no two runs share. */
export function stableScreen(text: string, folder = "/nowhere"): string {
  return text
    .replace(/^ {2}seen .*(\n {13}\S.*)*/gm, (row) => {
      const line = row.replace(/\n {13}/g, " ");
      const masked = CHANGING.reduce((rest, [pattern, mask]) => rest.replace(pattern, mask), line);
      return masked === line ? row : masked;
    })
    .replaceAll(folder, "<folder>")
    .replace(/tqwalk\d+/g, "<project>")
    .replace(/127\.0\.0\.1:\d{5}/g, "127.0.0.1:<port>")
    .replace(/port=\d{5}/g, "port=<port>")
    .replace(/-p \d{5}/g, "-p <port>")
    .replace(/belongs to uid \d+/g, "belongs to uid <n>")
    .replace(/\d+\.\d ms/g, "<n> ms")
    .replace(/Redis \d[.\d]+/g, "Redis <version>");
}
