import { type Choices } from "./choices.js";
import { recordsOf, topicOf } from "./topics.js";

/** How the API comes by the records that `POST /data` loads. */
export interface DataInApi {
  /** Modules of Python's that it takes. */
  standard: readonly string[];
  /** Where the records, or the function that reads them, stand. */
  code: string;
  /** The records as an expression. */
  records: string;
  /** JSON files beside the module, by name. */
  files: Readonly<Record<string, string>>;
}

export function dataInApi(choices: Choices): DataInApi {
  const topic = topicOf(choices);
  const { things } = topic;
  if (choices.dataIn === "code") {
    const name = things.toUpperCase();
    return { standard: [], code: `${name} = ${recordsOf(topic)}`, records: name, files: {} };
  }
  const file = `${things}.json`;
  return {
    standard: ["import os"],
    code: `
def _read_file():
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), '${file}')
    with open(path) as file:
        return json.load(file)`,
    records: "_read_file()",
    files: { [file]: `${recordsOf(topic)}\n` },
  };
}
