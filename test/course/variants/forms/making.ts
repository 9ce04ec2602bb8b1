import { pythonFile } from "../python-file.js";
import { parametersOf } from "./jobs.js";
import { lines } from "./python.js";
import { TYPES } from "./sending.js";
import { topicOf } from "./topics.js";
import { type FormChoices } from "./ways.js";

/** A picture of bars in grey, without another package. */
const DRAW = String.raw`
def draw(values, top):
    size = 64
    rows = []
    for y in range(size):
        row = b'\x00'
        for x in range(size):
            bar = values[x * len(values) // size] if values else 0
            row += b'\x20' if bar * size > (size - y) * top else b'\xff'
        rows.append(row)

    def chunk(kind, data):
        return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))

    header = chunk(b'IHDR', struct.pack('>IIBBBBB', size, size, 8, 0, 0, 0, 0))
    return b'\x89PNG\r\n\x1a\n' + header + chunk(b'IDAT', zlib.compress(b''.join(rows))) + chunk(b'IEND', b'')`;

/** make_result of the worker: from the records that were found, what is saved. */
export function writeMake(choices: FormChoices): string {
  const { made, topic } = choices;
  const { value } = topicOf(choices);
  const how = parametersOf(choices).includes("function");
  const head = lines(
    `def make_result(jid, found${how ? ", how" : ""}):`,
    `    values = [one['${value}'] for one in found]`,
    how
      ? "    middle = (max(values) if how == 'largest' else sum(values) / len(values)) if values else 0"
      : "    middle = sum(values) / len(values) if values else 0",
  );
  const names = "[one['name'] for one in found]";
  const top = `max(one['${value}'] for one in all_${topic}())`;
  switch (made) {
    case "json":
      return `${head}\n    return json.dumps({'count': len(found), '${value}': middle, 'names': ${names}})`;
    case "text":
      return `${head}\n    return '{} ${topic}, {}: {}\\n'.format(len(found), middle, ', '.join(${names}))`;
    case "base64":
      return pythonFile(
        DRAW,
        `${head}\n    return base64.b64encode(draw(values + [middle], ${top})).decode('utf-8')`,
      );
    case "picture":
      return pythonFile(DRAW, `${head}\n${keepIn(choices, `draw(values + [middle], ${top})`)}`);
    case "markdown":
      return pythonFile(
        lines(
          head,
          `    rows = ['| {} | {} |'.format(one['name'], one['${value}']) for one in found]`,
          `    text = '\\n'.join(['# The ${topic}', '', '| name | ${value} |', '| --- | --- |'] + rows + ['', str(middle), ''])`,
          keepIn(choices, "text.encode('utf-8')"),
        ),
      );
    case "csv":
      return pythonFile(
        lines(
          head,
          `    rows = ['{},{}'.format(one['name'], one['${value}']) for one in found]`,
          `    text = '\\n'.join(['name,${value}'] + rows + ['all,' + str(middle), ''])`,
          keepIn(choices, "text.encode('utf-8')"),
        ),
      );
  }
}

/** A file that is written first, and then read, as plots are. */
function keepIn(choices: FormChoices, value: string): string {
  const { made, paths, results, record } = choices;
  const { ending } = TYPES[made];
  const isText = results === "record" && record === "json";
  const plain = `    return ${isText ? value.replace(".encode('utf-8')", "") : value}`;
  if (paths === "none" || paths === "/app") return plain;
  return lines(
    `    path = ${paths === "/" ? `'/output.${ending}'` : `f'{jid}.${ending}'`}`,
    "    with open(path, 'wb') as file:",
    `        file.write(${value})`,
    "    with open(path, 'rb') as file:",
    `        return file.read()${isText ? ".decode('utf-8')" : ""}`,
  );
}
