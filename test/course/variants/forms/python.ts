/** What a program's writers share about Python's text. */

/** Lines, each with four spaces more in front; empty ones stay empty. */
export function indent(code: string): string {
  return code.replaceAll(/^(?=.)/gm, "    ");
}

export function listOf(words: readonly string[]): string {
  return `[${words.map((word) => `'${word}'`).join(", ")}]`;
}

/** The lines that are not null, one below the other. */
export function lines(...all: readonly (string | null)[]): string {
  return all.filter((one) => one !== null).join("\n");
}

/** Import lines of Python's modules, of packages, and of the program's own; those that the code uses, once each. */
export function importsFor(code: string, own: string): string {
  const named = (name: string): boolean => new RegExp(`\\b${name}\\b`).test(code);
  const used = (module: string): boolean => new RegExp(`\\b${module}\\.[a-zA-Z]\\w*[(\\[.]`).test(code);
  const plain = [
    "base64",
    "csv",
    "io",
    "json",
    "logging",
    "os",
    "re",
    "struct",
    "sys",
    "time",
    "uuid",
    "zlib",
  ];
  const standard = [
    ...plain.filter(used).map((name) => `import ${name}`),
    used("urllib") ? "import urllib.request" : null,
    named("datetime") ? "from datetime import datetime" : null,
    named("Enum") ? "from enum import Enum" : null,
    fromModule("typing", ["Literal", "Optional"].filter(named)),
  ];
  const others = [
    ...["redis", "requests", "uvicorn"].filter(used).map((name) => `import ${name}`),
    named("Flask") ? fromModule("flask", FLASK.filter(named)) : null,
    named("FastAPI") ? fromModule("fastapi", ["APIRouter", "FastAPI", "HTTPException"].filter(named)) : null,
    named("FastAPI") ? fromModule("fastapi.responses", RESPONSES.filter(named)) : null,
    named("HotQueue") ? "from hotqueue import HotQueue" : null,
    fromModule("pydantic", ["BaseModel", "Field"].filter(named)),
  ];
  return [lines(...standard), lines(...others), own].filter(Boolean).join("\n\n");
}

const FLASK = ["Blueprint", "Flask", "Response", "jsonify", "request", "send_file"];
const RESPONSES = ["FileResponse", "HTMLResponse", "JSONResponse", "PlainTextResponse", "Response"];

function fromModule(module: string, names: readonly string[]): string | null {
  return names.length === 0 ? null : `from ${module} import ${names.join(", ")}`;
}
