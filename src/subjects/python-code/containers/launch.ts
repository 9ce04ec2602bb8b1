import { posix } from "node:path";
import { type Program } from "../../../compose/programs.js";

/** What a command makes of the student's Python: which file or module, and where a server listens. */
export interface Launch {
  /** A path inside, the name of a module as Python imports it, or "" where it is none of theirs. */
  file: string;
  module: string;
  /** The server that serves it; null where the file itself does, or nobody. */
  server: "flask" | "uvicorn" | "gunicorn" | "fastapi" | "hypercorn" | "waitress" | null;
  /** What it is told; null where it is told nothing. */
  host: string | null;
  port: number | null;
  program: Program;
}

/** Servers that listen inside only, unless they are told otherwise, and their own port. */
const ADDRESSES: Readonly<Record<NonNullable<Launch["server"]>, { host: string; port: number }>> = {
  flask: { host: "127.0.0.1", port: 5000 },
  uvicorn: { host: "127.0.0.1", port: 8000 },
  gunicorn: { host: "127.0.0.1", port: 8000 },
  fastapi: { host: "0.0.0.0", port: 8000 },
  hypercorn: { host: "127.0.0.1", port: 8000 },
  waitress: { host: "0.0.0.0", port: 8080 },
};

/** Reads what a program is started with; the last one that is Python's counts. */
export function readLaunch(
  programs: readonly Program[],
  environment: (name: string) => string | undefined,
): Launch | null {
  const found = programs.flatMap((program) => readOne(program, environment) ?? []);
  return (
    found.findLast(({ module, file }) => module !== "pip" && !file.endsWith("wait.py")) ??
    found.at(-1) ??
    null
  );
}

function readOne(program: Program, environment: (name: string) => string | undefined): Launch | null {
  const { name, args } = program;
  const variable = (one: string): string | undefined => program.variables[one] ?? environment(one);
  if (/^(?:python|pypy)[\d.]*$/.test(name)) {
    const at = args.findIndex(
      (word, n) =>
        (!word.startsWith("-") && !/^-[WX]$/.test(args[n - 1] ?? "")) || word === "-m" || word === "-c",
    );
    const [first = "", second = ""] = args.slice(Math.max(at, 0));
    if (at === -1 || first === "-c") return plain(program);
    if (first !== "-m") return { ...plain(program), file: posix.resolve(program.folder || "/", first) };
    const rest = args.slice(at + 2);
    return (
      readServer({ ...program, name: second, args: rest }, variable) ?? { ...plain(program), module: second }
    );
  }
  if (name.endsWith(".py")) {
    return { ...plain(program), file: posix.resolve(program.folder || "/", name) };
  }
  return readServer(program, variable);
}

function plain(program: Program): Launch {
  return { file: "", module: "", server: null, host: null, port: null, program };
}

function readServer(program: Program, variable: (name: string) => string | undefined): Launch | null {
  const { name, args, folder } = program;
  const server = Object.keys(ADDRESSES).find(
    (one) => one === name || (one === "waitress" && name === "waitress-serve"),
  ) as Launch["server"] | undefined;
  if (!server) return null;
  const option = (...names: string[]): string | undefined => valueOf(args, names);
  const own = ADDRESSES[server];
  const isDev = server === "fastapi" && args[0] === "dev";
  const launch = (target: string, host: string | undefined, port: string | undefined): Launch => ({
    ...plain(program),
    ...targetOf(target, folder),
    server,
    host: host ?? (isDev ? "127.0.0.1" : own.host),
    port: numberOf(port, own.port),
  });
  switch (server) {
    case "flask":
      return launch(
        option("-A", "--app") ?? variable("FLASK_APP") ?? "",
        option("-h", "--host") ?? variable("FLASK_RUN_HOST"),
        option("-p", "--port") ?? variable("FLASK_RUN_PORT"),
      );
    case "gunicorn": {
      const given =
        option("-b", "--bind") ??
        valueOf((variable("GUNICORN_CMD_ARGS") ?? "").split(/\s+/), ["-b", "--bind"]);
      const fallback = variable("PORT") === undefined ? undefined : `0.0.0.0:${variable("PORT") ?? ""}`;
      const [, host, port] = /^(?:(.*):)?(\d+)?$/.exec(given ?? fallback ?? "") ?? [];
      const isElsewhere =
        (option("-c", "--config") ?? (given?.startsWith("unix:") ? given : undefined)) !== undefined;
      const found = launch(
        targetIn(args),
        given === undefined && fallback === undefined ? undefined : (host ?? ""),
        port,
      );
      return isElsewhere
        ? { ...found, host: null, port: null }
        : { ...found, host: found.host === "" ? "0.0.0.0" : found.host };
    }
    case "hypercorn": {
      const [, host, port] = /^(.*):(\d+)$/.exec(option("-b", "--bind") ?? "") ?? [];
      return launch(targetIn(args), host, port);
    }
    case "waitress": {
      const [, listenHost, listenPort] = /^(.*):(\d+)$/.exec(option("--listen") ?? "") ?? [];
      const host = listenHost === "*" ? "0.0.0.0" : listenHost;
      return launch(targetIn(args), host ?? option("--host"), listenPort ?? option("--port"));
    }
    case "uvicorn":
      return launch(
        targetIn(args),
        option("--host") ?? variable("UVICORN_HOST"),
        option("--port") ?? variable("UVICORN_PORT"),
      );
    default:
      return launch(
        args.slice(1).find((word) => !word.startsWith("-") && !/^\d/.test(word)) ?? "",
        option("--host"),
        option("--port"),
      );
  }
}

/** `api:app`, `src.api:create_app()`: the first word with a colon that is no option's value. */
function targetIn(args: readonly string[]): string {
  return (
    args.find((word, n) => /^[A-Za-z_][\w.]*:[A-Za-z_]/.test(word) && !/^-/.test(args[n - 1] ?? "x")) ??
    args.find((word) => /^[A-Za-z_][\w.]*:[A-Za-z_]\w*(?:\(.*\))?$/.test(word)) ??
    ""
  );
}

function targetOf(target: string, folder: string): Pick<Launch, "file" | "module"> {
  const [path = ""] = target.split(":");
  if (/\.py$|\//.test(path)) {
    const file = path.endsWith(".py") ? path : `${path}.py`;
    return { file: posix.resolve(folder || "/", file), module: "" };
  }
  return { file: "", module: path };
}

/** `--name value`, `--name=value`, `-nvalue`. */
function valueOf(args: readonly string[], names: readonly string[]): string | undefined {
  for (const [n, word] of args.entries()) {
    for (const name of names) {
      if (word === name) return args[n + 1];
      if (word.startsWith(`${name}=`)) return word.slice(name.length + 1);
      if (/^-\w$/.test(name) && word.startsWith(name) && word.length > 2 && !word.startsWith("--"))
        return word.slice(2);
    }
  }
  return undefined;
}

/** A variable that is still written as one says nothing. */
function numberOf(text: string | undefined, otherwise: number): number | null {
  if (text === undefined) return otherwise;
  return /^\d+$/.test(text) ? Number(text) : null;
}
