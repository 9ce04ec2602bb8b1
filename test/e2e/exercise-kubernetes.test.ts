import { spawnSync } from "node:child_process";
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { RedisFinder } from "../../src/subjects/kubernetes/cluster/redis-finder.js";
import { ClusterWorld, serveJobs, startWorkers } from "../support/kubernetes/cluster-world.js";
import { waiting } from "../support/kubernetes/cluster-objects.js";
import { describeWith, python } from "../support/suite/needs.js";
import { runningClaim, runningDeployment, runningService } from "../support/kubernetes/running-objects.js";
import { useRedisServer } from "../support/redis/redis-server.js";
import { Terminal } from "../support/command-line/terminal.js";
import { cleanEnvironment, useTq } from "../support/command-line/tq.js";

const solution = new URL("../../exercises/08-kubernetes/solution", import.meta.url).pathname;

interface Shown {
  verdict: string;
  checks: {
    id: string;
    verdict: string;
    observed: string;
    next?: string;
    mistake?: string;
    blockedBy?: string;
  }[];
}

// kubectl is a stand-in that answers as kubectl documents; Redis, and what runs in the debug pods, are real.
describeWith(["redis", "python"], "exercise 8 on what answers as a cluster does", () => {
  // Workers have addresses of their own, which a Redis in its protected mode turns away.
  const redis = useRedisServer(["--protected-mode", "no"]);
  const tq = useTq();

  async function check(
    world: ClusterWorld,
    home: string,
    { args = ["--yes"], folder = solution }: { args?: string[]; folder?: string } = {},
  ): Promise<{ code: number | null; shown: Shown; stderr: string }> {
    // A home of its own, because what passed on a cluster stays passed.
    await mkdir(join(tq.home, home), { recursive: true });
    const env = { ...world.env, TQ_HOME: join(tq.home, home) };
    const words = ["exercise", "8", folder, "--check", "--format", "json", "--seed", "Ab1", ...args];
    const { code, stdout, stderr } = await tq.run(words, { env });
    return { code, shown: JSON.parse(stdout) as Shown, stderr };
  }

  async function withoutRedis(name: string): Promise<string> {
    const folder = join(tq.home, "work", name);
    await cp(solution, folder, { recursive: true });
    await rm(join(folder, "redis.yml"));
    return folder;
  }

  const find = ({ checks }: Shown, id: string) => checks.find((one) => one.id === id);

  it("passes every step, and leaves nothing", async () => {
    const port = redis().port;
    await using api = await serveJobs(port);
    const hosts = { "redis-db:6379": `127.0.0.1:${port}`, "jobs-api:5000": api.address };
    await using world = await ClusterWorld.make({ hosts, python: python() });
    // The stand-in gives the fourth Deployment's pods these addresses.
    await using workers = await startWorkers(port, ["127.0.4.1", "127.0.4.2", "127.0.4.3"]);
    expect(workers.addresses).toHaveLength(3);
    const { code, shown, stderr } = await check(world, "all");
    expect(shown.checks.filter(({ verdict }) => verdict !== "passed")).toEqual([]);
    expect(code).toBe(0);
    expect(find(shown, "8.10")?.observed).toMatch(/6 jobs, shared by jobs-worker-5d7c9-\d 2, .* 2, .* 2/);
    expect(stderr).toContain("pods ready: python-debug 2/2, redis 1/1");
    const calls = await world.calls();
    expect(calls[0]).toBe("config current-context");
    for (const call of calls)
      if (call !== "config current-context") expect(call).toMatch(/^--context kind-lesson /);
    expect(calls.join("\n")).toContain("delete namespace tq-ab1 --wait=false");
    const asked = (await world.asked()).length;
    // Once seen it stays passed, and nothing is applied again unasked.
    const again = await check(world, "all", { args: [] });
    expect([again.code, again.shown.verdict]).toEqual([0, "passed"]);
    expect((await world.asked()).slice(asked)).toEqual([]);
  });

  it("applies nothing that nobody has agreed to", async () => {
    await using world = await ClusterWorld.make({});
    const { code, shown } = await check(world, "unasked", { args: [] });
    expect(code).toBe(3);
    expect(find(shown, "8.8")).toMatchObject({ verdict: "blocked", blockedBy: "environment" });
    expect(find(shown, "8.8")?.observed).toContain("context kind-lesson");
    expect(find(shown, "8.8")?.next).toContain("--yes");
    expect(await world.asked()).toEqual([]);
  });

  it("uses a copy of the Redis that runs in the student's namespace", async () => {
    const folder = await withoutRedis("running");
    const port = redis().port;
    await using api = await serveJobs(port);
    const hosts = { "redis-db:6379": `127.0.0.1:${port}`, "jobs-api:5000": api.address };
    const running = [runningDeployment(), runningService(), runningClaim()];
    await using world = await ClusterWorld.make({ hosts, running, space: "mine", python: python() });
    // The workers are the third Deployment here.
    await using workers = await startWorkers(port, ["127.0.3.1", "127.0.3.2", "127.0.3.3"]);
    expect(workers.addresses).toHaveLength(3);
    const { code, shown, stderr } = await check(world, "running", { folder });
    expect(shown.checks.filter(({ verdict }) => verdict !== "passed")).toEqual([]);
    expect(code).toBe(0);
    expect(find(shown, "8.2")?.observed).toContain("in the namespace mine of kind-lesson already");
    expect(stderr).toContain("redis 1/1");
    const about = (await world.asked()).filter(
      (call) => call.includes("--namespace mine") && !call.includes("--dry-run=server"),
    );
    expect(about).toHaveLength(1);
    expect(about[0]).toMatch(/^get deployments,statefulsets,/);
  });

  it.each([
    [{ fails: { get: "Error from server (Forbidden): pods is forbidden" } }, "you have no permission"],
    [{ prints: { get: "rubbish {" } }, "it printed no JSON: rubbish {"],
    [{ prints: { get: "null" } }, "nor is one ready in the namespace default"],
    [{ slow: 4000 }, "kubectl did not answer within 5 s"],
    [{ fails: { config: "error: current-context is not set" } }, "no Redis among"],
  ])("judges the files alone on a cluster that does not say what runs there: %j", async (how, said) => {
    const folder = await withoutRedis("unanswered");
    await using world = await ClusterWorld.make(how);
    const { code, shown } = await check(world, "unanswered", { folder, args: ["--step", "8.2"] });
    expect(code).toBe(1);
    expect(find(shown, "8.1")?.verdict).toBe("passed");
    expect(find(shown, "8.2")).toMatchObject({ verdict: "not-yet", mistake: "no-redis" });
    expect(find(shown, "8.2")?.observed).toContain(said);
  });

  it.each([
    ["answers", {}],
    ["does not let one look", { fails: { get: "Error from server (Forbidden): pods is forbidden" } }],
  ])("does not ask a cluster that %s each time that files are looked at", async (_, fails) => {
    await using world = await ClusterWorld.make({ running: [runningDeployment()], space: "mine", ...fails });
    const finder = new RedisFinder({ env: { ...process.env, ...world.env } });
    const first = await finder.find(null);
    expect(await finder.find(null)).toBe(first);
    expect(first?.manifests.map(({ kind }) => kind)).toEqual("fails" in fails ? [] : ["Deployment"]);
    expect(await world.asked()).toHaveLength(1);
    await finder.find("jobs"); // another question
    expect((await world.asked())[1]).toContain("--namespace jobs");
  });

  it.each(["n", "y"])("asks on a terminal, and takes %s for an answer", async (answer) => {
    await using world = await ClusterWorld.make({
      fails: { create: "Error from server (Forbidden): namespaces is forbidden" },
    });
    const env = cleanEnvironment(join(tq.home, `asks-${answer}`), world.env);
    const terminal = new Terminal(["exercise", "8", solution, "--check"], env);
    await terminal.until("kubectl's current context is kind-lesson");
    await terminal.until("Apply 7 objects of your files there");
    terminal.type(`${answer}\r`);
    expect(await terminal.ended).toBe(3);
    expect(terminal.screen).toMatch(answer === "n" ? /you\s+said no/ : /no\s+permission/);
    expect((await world.calls()).some((call) => call.includes(" create "))).toBe(answer === "y");
  });

  it.each([
    [
      "create",
      'Error from server (Forbidden): namespaces is forbidden: User "ada" may not',
      3,
      "no permission",
    ],
    [
      "apply",
      'The Service "redis-db" is invalid: spec.ports[0].port: Invalid value: 0',
      1,
      "spec.ports[0].port",
    ],
  ])("tells by the exit code whose doing it is: %s", async (verb, says, exit, observed) => {
    await using world = await ClusterWorld.make({ fails: { [verb]: says } });
    const { code, shown } = await check(world, verb);
    expect(find(shown, "8.8")?.observed).toContain(observed);
    expect(code).toBe(exit);
    const removed = (await world.calls()).some((call) => call.includes(" delete "));
    expect(removed).toBe(verb === "apply");
  });

  it("takes down what did not get ready", async () => {
    const status = waiting("ErrImagePull", "docker.io/library/redis:77: not found");
    await using world = await ClusterWorld.make({ status: { redis: status } });
    const { code, shown } = await check(world, "image");
    expect(code).toBe(1);
    const cause = expect.stringContaining("there is no image") as string;
    expect(find(shown, "8.8")).toMatchObject({ verdict: "not-yet", cause });
    expect((await world.calls()).join("\n")).toContain("delete namespace tq-ab1");
  });

  it("says what a Service that leads nowhere looks like from inside", async () => {
    await using world = await ClusterWorld.make({
      hosts: { "redis-db:6379": "127.0.0.1:1" },
      python: python(),
    });
    const { code, shown } = await check(world, "nowhere");
    expect(code).toBe(1);
    expect(find(shown, "8.9")?.observed).toContain("Connection refused");
    expect((await world.calls()).join("\n")).toContain("delete namespace tq-ab1");
  });

  it("takes its namespace down when it is stopped", async () => {
    const status = { redis: { phase: "Pending", conditions: [] } };
    await using world = await ClusterWorld.make({ status });
    const running = tq.start(["exercise", "8", solution, "--check", "--yes"], { env: world.env, input: "" });
    await running.until("stderr", "pods ready: ");
    running.child.kill("SIGINT");
    expect((await running.ended).code).toBe(130);
    expect((await world.calls()).join("\n")).toContain("delete namespace tq-");
  });

  it("removes the namespaces of those who were killed, and of nobody else", async () => {
    const gone = spawnSync(process.execPath, ["-e", "0"]).pid;
    const left = [gone, process.pid].map((pid) => ({
      metadata: { name: `tq-of-${pid}`, labels: { "tq.pid": String(pid) } },
    }));
    await using world = await ClusterWorld.make({ left: [...left, { metadata: { name: "theirs" } }] });
    await check(world, "sweeping");
    const calls = await world.asked();
    const asked = calls.find((call) => call.startsWith("get namespaces")) ?? "";
    expect(asked).toMatch(
      /--selector tq\.owner=tq,tq\.role=exercise-8,tq\.home=[0-9a-f]{16},tq\.host=h-[\w.-]+-0 /,
    );
    const removed = calls.filter((call) => call.startsWith("delete namespace"));
    expect(removed.map((call) => call.split(" ")[2])).toEqual([`tq-of-${gone}`, "tq-ab1"]);
  });

  it("refuses --yes where there is nothing to agree to", async () => {
    const folder = join(tq.home, "empty");
    await mkdir(folder, { recursive: true });
    await writeFile(
      join(folder, "worker.py"),
      await readFile(new URL("../../exercises/03-echo-worker/solution/worker.py", import.meta.url)),
    );
    expect((await tq.run(["exercise", "3", folder, "--check", "--yes"])).code).toBe(2);
    expect((await tq.run(["exercise", "8", folder, "--yes"])).code).toBe(2);
  });

  it("names a kubectl that is not there, and judges the manifests all the same", async () => {
    const env = { PATH: "/nonexistent", TQ_HOME: join(tq.home, "bare") };
    const { code, stdout } = await tq.run(["exercise", "8", solution, "--check", "--json"], { env });
    const shown = JSON.parse(stdout) as Shown;
    expect(code).toBe(3);
    expect(shown.checks.filter(({ verdict }) => verdict === "passed")).toHaveLength(7);
    expect(find(shown, "8.8")?.observed).toBe("there is no kubectl on the PATH");
  });
});
