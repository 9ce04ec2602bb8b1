import { chmod, cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { useTq } from "../support/command-line/tq.js";

const STAND_IN = new URL("../support/kubernetes/cluster-program-stand-in.mjs", import.meta.url).pathname;

/** What each is asked, as it documents; the programs themselves cannot run where images cannot be fetched. */
const MAKES = {
  kind: 'kind create cluster --name tq --wait 180s --config - < {"kind":"Cluster","apiVersion":"kind.x-k8s.io/v1alpha4","nodes":[{"role":"control-plane","labels":{"tq.owner":"tq"}}]}',
  k3d: "k3d cluster create tq --wait --timeout 180s --runtime-label tq.owner=tq@server:*",
  minikube: "minikube start --profile tq",
};
const REMOVES = {
  kind: "kind delete cluster --name tq",
  k3d: "k3d cluster delete tq",
  minikube: "minikube delete --profile tq",
};

describe("tq cluster", () => {
  const tq = useTq();
  let folder = "";
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "tq-test-cluster-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function install(...programs: string[]): Promise<void> {
    for (const program of programs) {
      await cp(STAND_IN, join(folder, program));
      await chmod(join(folder, program), 0o755);
    }
  }
  const run = (...words: string[]) =>
    tq.run(["cluster", ...words], { env: { PATH: `${folder}:${dirname(process.execPath)}` } });
  const calls = async (): Promise<string[]> =>
    (await readFile(join(folder, "calls.log"), "utf8").catch(() => "")).split("\n").filter(Boolean);

  it.each(Object.keys(MAKES) as (keyof typeof MAKES)[])(
    "makes one with %s, finds it, and removes it",
    async (program) => {
      await install(program);
      expect((await run("status")).code).toBe(1);
      const up = await run("up");
      expect(up, up.stderr).toMatchObject({ code: 0 });
      expect(up.stdout).toMatch(
        new RegExp(`the cluster tq is made \\(${program}\\); kubectl's context is (${program}-)?tq$`, "m"),
      );
      expect(up.stderr).toContain('Creating cluster "tq"');
      expect(await calls()).toContain(MAKES[program]);
      expect((await run("status")).stdout).toContain("made by tq cluster up");
      expect((await run("up")).stdout).toContain("was there already");
      const before = (await calls()).length;
      const down = await run("down");
      expect(down).toMatchObject({ code: 0 });
      expect(down.stdout).toContain(`the cluster tq is removed (${program})`);
      expect((await calls())[before]).toBe(REMOVES[program]);
      expect((await run("status")).code).toBe(1);
      expect((await run("down")).stdout).toContain("nothing to remove");
    },
  );

  it("takes the first that is installed, or the one that is named", async () => {
    await install("minikube", "kind");
    expect((await run("up", "--with", "minikube")).stdout).toContain("(minikube)");
    expect((await run("up", "--with", "k3d")).code).toBe(3);
    expect((await run("up", "--with", "docker")).code).toBe(2);
    expect((await run("down")).code).toBe(0);
    expect((await run("up")).stdout).toContain("(kind)");
    expect((await run("down")).code).toBe(0);
  });

  it("leaves a cluster of that name alone that it did not make", async () => {
    await install("kind");
    await writeFile(join(folder, "kind.clusters"), "tq");
    expect((await run("up")).stdout).toContain("was there already");
    expect((await run("status")).stdout).toContain("not made by tq");
    const { stdout, stderr } = await run("down");
    expect(stdout).toContain("tq has made no cluster");
    expect(stderr).toContain("kind delete cluster --name tq");
    expect((await calls()).filter((call) => call.includes("delete"))).toEqual([]);
  });

  it("removes what is left of one that could not be made, and says why", async () => {
    await install("kind");
    await writeFile(join(folder, "fails"), "create");
    const { code, stderr } = await run("up");
    expect(code).toBe(3);
    expect(stderr).toContain("failed to create cluster: docker is not running");
    expect((await calls()).at(-1)).toBe(REMOVES.kind);
    expect((await run("down")).stdout).toContain("nothing to remove");
  });

  it("says how to get one where none is installed", async () => {
    const { code, stderr } = await run("up");
    expect(code).toBe(3);
    for (const program of Object.keys(MAKES)) expect(stderr).toContain(`${program}: https://`);
    expect((await run("status")).stderr).toContain("kind: https://");
    expect((await run("down")).code).toBe(0);
    const doctor = await tq.run(["doctor"], { env: { PATH: folder } });
    expect(doctor.stdout).toMatch(/^NOTE {3}own cluster .*none of kind, k3d, minikube/m);
  });

  it("is named by tq doctor where it can be made", async () => {
    await install("k3d");
    const { stdout } = await tq.run(["doctor"], { env: { PATH: folder } });
    expect(stdout).toMatch(/^OK {5}own cluster .*tq cluster up.*k3d/m);
  });
});
