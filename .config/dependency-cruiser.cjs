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

module.exports = {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    { name: "no-orphans", severity: "error", from: { orphan: true, pathNot: "^bin/" }, to: {} },
    only("errors"),
    only("json-shape"),
    only("is-alive"),
    only("queue"),
    only("docker", "errors", "is-alive"),
    only("redis", "errors", "json-shape", "is-alive", "docker", "queue"),
    only("check", "errors", "is-alive", "queue", "redis", "docker"),
    only("course", "errors", "json-shape", "check"),
    only("report", "errors", "check"),
    only("cli", "errors", "queue", "redis", "docker", "course", "report"),
    {
      name: "exercises-import-what-course-exports-for-authors",
      severity: "error",
      from: { path: "^exercises/([^/]+)/" },
      to: { path: "^(src|exercises)/", pathNot: ["^src/course/authoring\\.ts$", "^exercises/$1/"] },
    },
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
    edge("the-schemas-of-kubernetes", ["kubernetes-models", "@kubernetes-models"], "^src/check/kubernetes/"),
    edge("processes", ["execa"], "^src/(redis|docker|check)/"),
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
