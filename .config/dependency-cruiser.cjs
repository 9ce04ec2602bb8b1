const { readdirSync, readFileSync } = require("node:fs");

const root = `${__dirname}/../`;
const index = readFileSync(`${root}src/subjects/index.ts`, "utf8");

/** The direction of the arrows between the rooms of src/, and one edge for each outside world. */
const rooms = (...names) => `^src/(${names.join("|")})(/|\\.ts$)`;

/** `from` may import only the rooms listed. */
const only = (from, ...allowed) => ({
  name: `${from}-imports`,
  severity: "error",
  from: { path: rooms(from) },
  to: { path: "^(src|exercises)/", pathNot: rooms(from, ...allowed) },
});

/** The package may be imported only below the rooms listed. */
const edge = (name, packages, ...allowed) => ({
  name: `one-edge-for-${name}`,
  severity: "error",
  from: { path: "^src/", pathNot: allowed },
  to: { path: `node_modules/(${packages.join("|")})/` },
});

/** An exercise may import its own files, the authors' names, and the doors of the subjects that it names. */
function doorsOf(folder) {
  const [, names] = /^ {2}subjects: \[(.*)\]/m.exec(
    readFileSync(`${root}exercises/${folder}/exercise.ts`, "utf8"),
  );
  const doors = names
    .split(", ")
    .map((name) => new RegExp(`^ {2}${JSON.parse(name)}: .*"\\./(.*)\\.js"`, "m").exec(index)[1])
    .map((door) => `^src/subjects/${door}\\.ts$`);
  return {
    name: `${folder}-imports-the-authors-names-and-its-subjects-doors`,
    severity: "error",
    from: { path: `^exercises/${folder}/` },
    to: {
      path: "^(src|exercises)/",
      pathNot: ["^src/course/authoring\\.ts$", `^exercises/${folder}/`, ...doors],
    },
  };
}

module.exports = {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "no-orphans",
      severity: "error",
      from: { orphan: true, pathNot: ["^bin/", "\\.d\\.ts$"] },
      to: {},
    },
    only("errors"),
    only("json-shape"),
    only("is-alive"),
    only("has-program"),
    only("process-group"),
    only("queue"),
    only("text"),
    only("docker", "errors", "is-alive", "text"),
    only("redis", "errors", "json-shape", "is-alive", "has-program", "text", "docker", "queue"),
    only("compose", "errors", "is-alive", "process-group", "text", "docker"),
    only("verdict", "errors", "text"),
    only("lab", "errors", "is-alive", "process-group", "text", "queue", "redis", "docker", "compose"),
    only("subjects", "errors", "is-alive", "text", "verdict", "lab", "compose", "redis", "docker", "queue"),
    only(
      "course",
      "errors",
      "json-shape",
      "has-program",
      "process-group",
      "text",
      "verdict",
      "lab",
      "subjects",
      "compose",
      "redis",
      "docker",
    ),
    only("report", "errors", "text", "verdict"),
    only("cli", "errors", "text", "queue", "redis", "docker", "course", "report"),
    {
      name: "a-subject-imports-no-other-subject",
      severity: "error",
      from: { path: "^src/subjects/([^/]+)/", pathNot: "^src/subjects/jobs/" },
      to: { path: "^src/subjects/[^/]+/", pathNot: "^src/subjects/$1/" },
    },
    {
      // A jobs API is found by reading its code first.
      name: "jobs-imports-python-code-alone",
      severity: "error",
      from: { path: "^src/subjects/jobs/" },
      to: { path: "^src/subjects/[^/]+/", pathNot: "^src/subjects/(jobs|python-code)/" },
    },
    ...readdirSync(`${root}exercises`)
      .filter((name) => /^\d/.test(name))
      .map(doorsOf),
    {
      name: "exercises-are-found-by-their-folder",
      severity: "error",
      from: { path: "^src/" },
      to: { path: "^exercises/" },
    },
    edge("docker", ["dockerode", "@types/dockerode"], "^src/docker/"),
    edge("redis", ["ioredis"], "^src/(redis|queue)/"),
    edge("the-embedded-server", ["js-redis-server"], "^src/redis/engines/"),
    edge("the-terminal", ["chalk", "@inquirer"], "^src/cli/terminal/"),
    edge(
      "the-schemas-of-kubernetes",
      ["kubernetes-models", "@kubernetes-models"],
      "^src/subjects/kubernetes/schema/",
    ),
    edge("processes", ["execa"], "^src/(redis|docker|compose|lab|subjects)/", "^src/course/machine/"),
    edge("the-command-line", ["commander"], "^src/cli/"),
  ],
  options: {
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    exclude: { path: "^dist/" },
    doNotFollow: { path: "node_modules" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "types"] },
  },
};
