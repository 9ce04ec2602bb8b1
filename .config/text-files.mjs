import { readFile } from "node:fs/promises";

/** Programs, lists and Dockerfiles are files, and stand in the bundle as text: `import text from "./program.py"`. */
export const textFiles = {
  name: "text-files",
  enforce: "pre",
  async load(id) {
    if (!/\.(txt|py)$|[/\\]Dockerfile$/.test(id)) return null;
    return { code: `export default ${JSON.stringify(await readFile(id, "utf8"))};`, moduleType: "js" };
  },
};
