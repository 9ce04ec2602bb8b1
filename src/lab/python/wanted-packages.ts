import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";

/** What a student's files say of the packages and of the Python that they are to run with. */
export interface WantedPackages {
  /** As pip takes them, such as redis==3.5.3: names with editions alone. */
  specs: readonly string[];
  /** The edition of Python, such as 3.9; null where nothing says one. */
  python: string | null;
  /** The files that say so, relative to the folder. */
  from: readonly string[];
}

/** Bytes: nobody writes a longer one by hand. */
const LARGEST = 512 * 1024;

/** A name, its extras, and editions: nothing that pip would fetch from elsewhere, build from a folder, or take as an option. */
const SPEC = /^[A-Za-z0-9][\w.-]*(?:\[[\w\s,.-]*\])?\s*(?:\(?\s*(?:===|[=~!<>]=|[<>])[^;#@]*)?(?:;[^#]*)?$/;

/** Reads requirements.txt, pyproject.toml and the Dockerfile, in the folder and above it. `given` is the requirements file that tq.yaml names. */
export function readWantedPackages(folder: string, given?: string): WantedPackages {
  const places = [folder, join(folder, "src"), join(folder, "docker"), dirname(folder)];
  const found = (name: string): string | undefined => places.map((one) => join(one, name)).find(isFile);
  const requirements = given ?? found("requirements.txt");
  const project = found("pyproject.toml");
  const image = found("Dockerfile");
  const texts = {
    requirements: requirements === undefined ? "" : readFileSync(requirements, "utf8"),
    project: project === undefined ? "" : readFileSync(project, "utf8"),
    image: image === undefined ? "" : readFileSync(image, "utf8").replace(/\\\r?\n/g, " "),
  };
  const sources: [string | undefined, string[]][] = [
    [requirements, fromRequirements(texts.requirements)],
    [project, fromProject(texts.project)],
    [image, fromDockerfile(texts.image)],
  ];
  const [path, specs] = sources.find(([, one]) => one.length > 0) ?? [undefined, []];
  const [, inImage] = /^\s*FROM\s+(?:--\S+\s+)?(?:\S*\/)?python:(\d+\.\d+)/im.exec(texts.image) ?? [];
  return { specs, python: inImage ?? null, from: path === undefined ? [] : [relative(folder, path)] };
}

function isFile(path: string): boolean {
  if (!existsSync(path)) return false;
  const facts = statSync(path, { throwIfNoEntry: false });
  return facts?.isFile() === true && facts.size <= LARGEST;
}

function clean(specs: readonly string[]): string[] {
  return [...new Set(specs.map((one) => one.trim()))].filter((one) => SPEC.test(one));
}

function fromRequirements(text: string): string[] {
  const lines = text
    .replace(/^\uFEFF/, "")
    .replace(/\\\r?\n/g, " ")
    .split(/\r?\n/);
  return clean(lines.map((line) => line.replace(/\s+#.*$|^#.*$/, "").replace(/\s--hash=\S+/g, "")));
}

/** The list of `dependencies` of the project; of Poetry's table nothing is read. */
function fromProject(text: string): string[] {
  const [, list = ""] = /^\s*dependencies\s*=\s*\[((?:[^\]"']|"[^"]*"|'[^']*')*)\]/m.exec(text) ?? [];
  return clean(
    [...list.matchAll(/"([^"]*)"|'([^']*)'/g)].map(([, double, single]) => double ?? single ?? ""),
  );
}

/** What `RUN pip install` names. */
function fromDockerfile(text: string): string[] {
  const lines = [...text.matchAll(/^\s*RUN\b.*?\bpip3?\s+install\s+(.*)$/gim)].map(([, rest = ""]) => rest);
  const words = lines.flatMap((line) => (line.split(/&&|;|\|/)[0] ?? "").split(/\s+/));
  const values = new Set(
    words.flatMap((word, n) =>
      /^-[rcei]$|^--(?:requirement|constraint|index-url)$/.test(word) ? [n + 1] : [],
    ),
  );
  return clean(
    words
      .filter((word, n) => !word.startsWith("-") && !values.has(n))
      .map((word) => word.replace(/^["']|["']$/g, "")),
  );
}
