import { type Web } from "./frameworks.js";
import { lines } from "./python.js";
import { resultText } from "./results.js";
import { type FormChoices } from "./ways.js";

export const TYPES: Record<FormChoices["made"], { type: string; ending: string }> = {
  json: { type: "application/json", ending: "json" },
  picture: { type: "image/png", ending: "png" },
  markdown: { type: "text/markdown", ending: "md" },
  base64: { type: "application/json", ending: "json" },
  csv: { type: "text/csv", ending: "csv" },
  text: { type: "text/plain", ending: "txt" },
};

/** The lines that answer a `result` that was read. */
export function sendResult(choices: FormChoices, web: Web): string {
  const { made, paths } = choices;
  const { type, ending } = TYPES[made];
  const bytes = resultText(choices) === "result" ? "result.encode('utf-8')" : "result";
  switch (made) {
    case "json":
      return web.json("json.loads(result)");
    case "base64":
      return web.json(`{'${choices.idName}': jid, 'image': ${resultText(choices)}}`);
    case "text":
      return web.text(resultText(choices));
    case "picture":
    case "markdown":
    case "csv":
      if (paths === "/app")
        return lines(
          `path = f'/app/{jid}.${ending}'`,
          "with open(path, 'wb') as file:",
          `    file.write(${bytes})`,
          web.file("path", type),
        );
      return web.bytes(bytes, type, made === "csv" ? "result.csv" : null);
  }
}
