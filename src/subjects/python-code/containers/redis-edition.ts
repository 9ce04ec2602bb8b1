import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { shownFrom } from "../../../compose/document.js";
import { type ComposeProject } from "../../../compose/project.js";
import { type SourceLine } from "../../../text/finding.js";
import { type Project } from "../project.js";
import { type ContainerFault, remark } from "./fault.js";
import { type Part, type Parts } from "./parts.js";

/** The first edition of redis for Python whose clients give up a wait for a message by themselves. */
const GIVES_UP = 8;

/** The line that brings such an edition into the workers' image, where their queue says nothing of how long it waits. */
export function findRedisEdition(
  { workers }: Parts,
  { clients }: Project,
  { root }: ComposeProject,
): ContainerFault[] {
  const queue = clients.find(({ kind, saysTimeout }) => kind === "queue" && !saysTimeout);
  const at = queue && workers.map((worker) => lineFor(worker, root)).find((one) => one !== null);
  if (!at) return [];
  const { text } = at;
  return [
    remark(
      "redis-not-pinned",
      at,
      `this installs the newest redis for Python: from version ${GIVES_UP} on, a worker that hears nothing for a minute ends`,
      `write redis<${GIVES_UP} ${text.includes("pip") ? "there, in quotes" : "on a line there"}, or HotQueue(…, socket_timeout=None)`,
    ),
  ];
}

/** Of its requirements, else of what its Dockerfile installs by name. What uv.lock fixes is no question. */
function lineFor({ service, files }: Part, root: string): SourceLine | null {
  const paths = [...files.files.values()];
  if (service.build === null || paths.some((path) => basename(path) === "uv.lock")) return null;
  const lists = paths.filter((path) => /^requirements.*\.txt$|^pyproject\.toml$/.test(basename(path)));
  const lines = [...new Set(lists)].flatMap((path) =>
    readFileSync(path, "utf8")
      .split(/\r?\n/)
      .map((text, n) => ({ file: shownFrom(root, path), line: n + 1, text: text.trim() })),
  );
  const runs = (service.dockerfile?.runs ?? []).filter(({ command }) => /\b(?:pip|uv)\d?\b/.test(command));
  const all = [...lines, ...runs.map(({ file, line, text }) => ({ file, line, text }))];
  const own = all.filter(({ text }) => specIn(text, "redis") !== null);
  if (own.length > 0) return own.find(({ text }) => admitsNewest(specIn(text, "redis") ?? "")) ?? null;
  // HotQueue brings redis along, whatever its edition.
  return all.find(({ text }) => specIn(text, "hotqueue") !== null) ?? null;
}

/** What stands behind a package's name, such as <8; null where the line does not name it. */
function specIn(text: string, name: string): string | null {
  const found = new RegExp(
    `(?:^|[\\s"',])${name}(?:\\[[^\\]]*\\])?\\s*((?:[=~!<>]=?=?\\s*[\\w.*]+\\s*,?\\s*)*)(?=$|[\\s"',;#])`,
    "i",
  ).exec(text.replace(/^#.*/, ""));
  return found ? (found[1] ?? "") : null;
}

function admitsNewest(spec: string): boolean {
  return [...spec.matchAll(/([=~!<>]=?=?)\s*(\d+)/g)].every(([, sign = "", number = ""]) => {
    const edition = Number(number);
    if (sign === "<") return edition > GIVES_UP;
    return sign === "!=" || sign.startsWith(">") || edition >= GIVES_UP;
  });
}
