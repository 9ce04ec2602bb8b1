import { pythonFile } from "../python-file.js";
import { prefixOf, type Web } from "./frameworks.js";
import { placesOf } from "./places.js";
import { lines } from "./python.js";
import { dataPaths } from "./routes.js";
import { recordsOf, topicOf } from "./topics.js";
import { type FormChoices } from "./ways.js";

/** The records as Python has them in its code, which is as JSON has them. */
function literal(choices: FormChoices): string {
  return `${choices.topic.toUpperCase()} = [\n${recordsOf(topicOf(choices))
    .map((one) => `    ${JSON.stringify(one)},`)
    .join("\n")}\n]`;
}

/** Where the records are on the web: JSON, or CSV. */
export function urlOf({ topic, fetch }: FormChoices): string {
  return `https://data.example.org/${topic}.${fetch === "csv" ? "csv" : "json"}`;
}

/** What is at that address. */
export function webFile(choices: FormChoices): { name: string; text: string } {
  const records = recordsOf(topicOf(choices));
  const name = urlOf(choices).replace(/.*\//, "");
  if (choices.fetch !== "csv") return { name, text: `${JSON.stringify(records)}\n` };
  const rows = [Object.keys(records[0] ?? {}), ...records.map((one) => Object.values(one))];
  return { name, text: `${rows.map((row) => row.join(",")).join("\n")}\n` };
}

/** The JSON file, as it is saved. */
export function dataFile(choices: FormChoices): string {
  return `${JSON.stringify(recordsOf(topicOf(choices)), null, 1)}\n`;
}

/** The function that brings all records from Redis, for the API and for the worker. */
export function writeAll(choices: FormChoices): string {
  const { topic, stored, data, load } = choices;
  if (data === "none")
    return pythonFile(literal(choices), `def all_${topic}():\n    return ${topic.toUpperCase()}`);
  switch (stored) {
    case "hash":
      return `def all_${topic}():\n    return [json.loads(text) for text in rd.hvals('${topic}')]`;
    case "keys":
      return `def all_${topic}():\n    return [json.loads(rd.get(key)) for key in rd.keys()${load === "things-first" ? " if key != b'raw'" : ""}]`;
    case "text":
      return `def all_${topic}():\n    text = rd.get('${topic}')\n    return json.loads(text) if text else []`;
  }
}

/** The functions of the API that bring the records and keep them, and its routes for the data. */
export function writeData(choices: FormChoices, web: Web): string {
  if (choices.data === "none") return "";
  return pythonFile(
    writeSource(choices),
    writeKeep(choices),
    writeAll(choices),
    writeLoad(choices, web),
    writeRoutes(choices, web),
  );
}

function writeSource(choices: FormChoices): string {
  const { topic, data, fetch } = choices;
  const head = `def read_${topic}():`;
  const { value } = topicOf(choices);
  if (data === "code") return pythonFile(literal(choices), `${head}\n    return ${topic.toUpperCase()}`);
  if (data !== "web")
    return `${head}\n    with open(${placesOf(choices).dataPath}) as file:\n        return json.load(file)`;
  const url = `URL = '${urlOf(choices)}'`;
  switch (fetch) {
    case "requests":
      return pythonFile(url, `${head}\n    response = requests.get(URL)\n    return response.json()`);
    case "urllib":
      return pythonFile(
        url,
        `${head}\n    with urllib.request.urlopen(URL) as answer:\n        return json.loads(answer.read())`,
      );
    case "csv":
      return pythonFile(
        url,
        `
${head}
    with urllib.request.urlopen(URL) as answer:
        text = answer.read().decode('utf-8')
    ${topic} = []
    for row in csv.DictReader(io.StringIO(text)):
        for name in ('year', 'month', '${value}'):
            row[name] = int(row[name])
        ${topic}.append(row)
    return ${topic}`,
      );
  }
}

function writeKeep({ topic, stored }: FormChoices): string {
  const head = `def keep(${topic}):`;
  switch (stored) {
    case "hash":
      return `${head}\n    for one in ${topic}:\n        rd.hset('${topic}', one['id'], json.dumps(one))`;
    case "keys":
      return `${head}\n    for one in ${topic}:\n        rd.set(one['id'], json.dumps(one))`;
    case "text":
      return `${head}\n    rd.set('${topic}', json.dumps(${topic}))`;
  }
}

function writeLoad(choices: FormChoices, web: Web): string {
  const { topic, data, load, framework } = choices;
  if (data === "start") return `keep(read_${topic}())`;
  const loaded = web.text(`'{} ${topic} are loaded\\n'.format(len(${topic}))`);
  switch (load) {
    case "/data":
      return web.route({
        method: "POST",
        path: "/data",
        name: "load_data",
        code: lines(`${topic} = read_${topic}()`, `keep(${topic})`, loaded),
      });
    case "/set":
      return web.route({
        method: "GET",
        path: "/set",
        name: "set_data",
        code: lines(`${topic} = read_${topic}()`, `keep(${topic})`, loaded),
      });
    case "body": {
      const since = (year: string): string =>
        lines(
          `${topic} = [one for one in read_${topic}() if one['year'] >= ${year}]`,
          `keep(${topic})`,
          loaded,
        );
      return framework === "fastapi"
        ? pythonFile(
            "class Since(BaseModel):\n    year: int",
            web.route({
              method: "POST",
              path: "/data",
              name: "load_data",
              sent: "since: Since",
              code: since("since.year"),
            }),
          )
        : web.route({
            method: "POST",
            path: "/data",
            name: "load_data",
            code: lines(
              "body = request.get_json(force=True)",
              "if 'year' not in body:",
              `    ${web.refuse(400, "'say the year from which they are loaded'")}`,
              since("int(body['year'])"),
            ),
          });
    }
    case "things-first":
      return pythonFile(
        web.route({
          method: "POST",
          path: `/${topic}`,
          name: "fetch_raw",
          code: lines(
            `rd.set('raw', json.dumps(read_${topic}()))`,
            web.text(`'the raw ${topic} are here, now POST ${prefixOf(choices)}/data\\n'`),
          ),
        }),
        web.route({
          method: "POST",
          path: "/data",
          name: "load_data",
          code: lines(
            "raw = rd.get('raw')",
            "if raw is None:",
            `    ${web.refuse(400, `'there are no raw data, first POST ${prefixOf(choices)}/${topic}'`)}`,
            `${topic} = json.loads(raw)`,
            `keep(${topic})`,
            loaded,
          ),
        }),
      );
  }
}

function writeRoutes(choices: FormChoices, web: Web): string {
  const { topic, dataRoutes } = choices;
  const { list, one } = dataPaths(choices);
  const { thing } = topicOf(choices);
  return pythonFile(
    web.route({
      method: "GET",
      path: list,
      name: "list_data",
      ...(dataRoutes === "course" && { query: ["search"] }),
      code:
        dataRoutes === "course"
          ? lines(
              `found = [one for one in all_${topic}() if search.lower() in one['name'].lower()]`,
              web.json("found"),
            )
          : web.json(`all_${topic}()`),
    }),
    dataRoutes === "things"
      ? web.route({
          method: "GET",
          path: `/${topic}/search/<word>`,
          name: "search_data",
          code: web.json(`[one for one in all_${topic}() if word.lower() in one['name'].lower()]`),
        })
      : "",
    choices.deletes === "no"
      ? ""
      : web.route({
          method: "DELETE",
          path: list,
          name: "delete_data",
          code: lines("rd.flushdb()", web.text("'the data are gone\\n'")),
        }),
    web.route({
      method: "GET",
      path: one,
      name: `read_${thing}`,
      code: lines(
        `for one in all_${topic}():`,
        "    if one['id'] == one_id:",
        `        ${web.json("one")}`,
        web.refuse(404, `'there is no ${thing} {}'.format(one_id)`),
      ),
    }),
  );
}
