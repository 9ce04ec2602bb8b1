import { describe, expect, it } from "vitest";
import { declaredRoutes } from "../../../../../src/subjects/jobs/routes/declared.js";
import { COURSE, nameOf, type Route } from "../../../../../src/subjects/jobs/routes/route.js";
import { sortRoutes } from "../../../../../src/subjects/jobs/routes/sort.js";

const route = (
  method: Route["method"],
  path: string,
  does: string[] = [],
  more: Partial<Route> = {},
): Route => ({
  method,
  path,
  params: [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => ({ name, type: "string" })),
  function: "f",
  file: "api.py",
  line: 1,
  fields: [],
  puts: false,
  does: does.map((one) => ({ command: one.split("@")[0] ?? "", db: Number(one.split("@")[1]) })),
  ...more,
});
const names = (routes: readonly Route[]): string[] => routes.map(nameOf);

describe("routes by what their handlers do", () => {
  const table = [
    route("GET", "/"),
    route("POST", "/data", ["SET@0"]),
    route("DELETE", "/data", ["FLUSHDB@0"]),
    route("GET", "/comets", ["KEYS@0", "GET@0"]),
    route("GET", "/comets/{name}", ["GET@0"]),
    route("POST", "/analysis/{kind}", ["HSET@2"], { puts: true }),
    route("POST", "/analysis/{jid}/cancel-job", ["HSET@2"]),
    route("GET", "/jobs", ["KEYS@2"]),
    route("GET", "/state", ["HGETALL@2"], {
      fields: [{ where: "query", name: "job_id", required: false, forms: [] }],
    }),
    route("GET", "/download/{jid}", ["HGET@3"]),
  ];
  const sorted = sortRoutes(table);

  it("are sorted without regard to their names", () => {
    expect(names(sorted.makers)).toEqual(["POST /analysis/{kind}"]);
    expect(names(sorted.loaders)).toEqual(["POST /data"]);
    expect(names(sorted.lists)).toEqual(["GET /comets", "GET /jobs"]);
    expect(names(sorted.ofJob)).toEqual(["GET /state", "GET /download/{jid}", "GET /comets/{name}"]);
  });

  it("load with GET only where nothing else does", () => {
    const set = route("GET", "/set", ["SET@0"]);
    expect(names(sortRoutes([set, route("GET", "/data", ["GET@0"])]).loaders)).toEqual(["GET /set"]);
    expect(names(sortRoutes([set, route("POST", "/data", ["SET@0"])]).loaders)).toEqual(["POST /data"]);
  });

  it("make jobs by a plain list, too, and by their names where nothing is known of them", () => {
    const push = route("POST", "/work", ["HSET@0", "RPUSH@1"]);
    expect(names(sortRoutes([route("POST", "/jobs/x", ["SET@0"]), push]).makers)).toEqual(["POST /work"]);
    expect(names(sortRoutes([route("POST", "/data"), route("POST", "/run")]).makers)).toEqual(["POST /run"]);
  });

  it("are those of the exercise where there is no table", () => {
    const { makers, loaders, lists } = sortRoutes(COURSE);
    expect([makers, loaders, lists].map(names)).toEqual([
      ["POST /jobs"],
      ["POST /data"],
      ["GET /data", "GET /jobs"],
    ]);
  });
});

describe("the routes that a running system declares", () => {
  it("have their parameters and bodies", () => {
    const schema = { $ref: "#/components/schemas/Range" };
    const found = declaredRoutes({
      paths: {
        "/jobs": { post: { requestBody: { content: { "application/json": { schema } } } } },
        "/jobs/{jid}": {
          get: { parameters: [{ name: "jid", in: "path", required: true, schema: { type: "string" } }] },
        },
      },
      components: { schemas: { Range: { properties: { start: { type: "integer" } } } } },
    });
    expect(found.map(nameOf)).toEqual(["POST /jobs", "GET /jobs/{jid}"]);
    expect(found[0]?.body).toEqual({ as: "json", schema: { properties: { start: { type: "integer" } } } });
    expect(found[1]?.params).toEqual([{ name: "jid", type: "string" }]);
  });

  it.each([[null], [{}], [{ paths: 1 }], [{ paths: { "/x": { summary: "x" } } }]])(
    "are none in %j",
    (json) => {
      expect(declaredRoutes(json)).toEqual([]);
    },
  );
});
