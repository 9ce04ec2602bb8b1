import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The folder beside the student's files in which copies of the web are kept, and the file that names them. */
const PLACE = "web";
const SYSTEM = "tq.yaml";

/** What a program has got from the network: a line of JSON each. */
const INDEX = "index.jsonl";

/**
 * Keeps what came from the network beside the student's files, as answers for the next runs: in a tq.yaml, where there is none yet; else the
 * lines for it are told.
 */
export function keepRecorded(record: string, folder: string, report: (line: string) => void): void {
  const answers = readIndex(record);
  if (answers.size === 0) return;
  mkdirSync(join(folder, PLACE), { recursive: true });
  const lines = ["web:"];
  for (const [url, file] of answers) {
    copyFileSync(join(record, file), join(folder, PLACE, file));
    lines.push(`  - {url: ${JSON.stringify(url)}, file: ${PLACE}/${file}}`);
  }
  if (!existsSync(join(folder, SYSTEM))) {
    writeFileSync(join(folder, SYSTEM), `${lines.join("\n")}\n`);
    report(`kept ${answers.size} answers of the web in ${PLACE}/, and named them in ${SYSTEM}`);
  } else report(`kept ${answers.size} answers of the web in ${PLACE}/; for ${SYSTEM}:\n${lines.join("\n")}`);
}

/** The last answer of each url. */
function readIndex(record: string): Map<string, string> {
  const path = join(record, INDEX);
  const text = existsSync(path) ? readFileSync(path, "utf8") : "";
  const read = text
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { url: string; file: string });
  return new Map(read.map(({ url, file }) => [url, file]));
}
