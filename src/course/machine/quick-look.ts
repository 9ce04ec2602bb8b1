import { connect } from "node:net";
import { homedir } from "node:os";
import { findEndpoint } from "../../docker/endpoint.js";
import { hasProgram } from "../../has-program.js";
import { type Need } from "./need.js";

interface Machine {
  env: Readonly<Record<string, string | undefined>>;
  platform: NodeJS.Platform;
  /** The folder of progress and state. */
  home: string;
}

/** Milliseconds that a Docker engine has for accepting a connection. */
const PATIENCE = 500;

/** Why an exercise cannot run here, as far as a few milliseconds tell; `tq doctor` looks more closely. */
export async function findLacks(needs: readonly Need[], machine: Machine): Promise<string[]> {
  const lacks: string[] = [];
  if (needs.includes("docker") && !(await hasEngine(machine))) lacks.push("no Docker engine answers");
  if (needs.includes("compose") && !hasProgram(["docker", "docker-compose"], machine))
    lacks.push("neither docker compose nor docker-compose is there");
  if (needs.includes("python") && !hasProgram(["python3", "python"], machine))
    lacks.push("no Python is on the PATH");
  return lacks.map((lack) => `${lack} (tq doctor)`);
}

async function hasEngine({ env, platform }: Machine): Promise<boolean> {
  const { url } = findEndpoint({ env, platform, homeFolder: homedir() });
  const path = /^(?:unix|npipe):\/\/(.+)$/.exec(url)?.[1];
  const tcp = /^(?:tcp|https?):\/\/\[?([^\]/]+?)\]?:(\d+)/.exec(url);
  if (path === undefined && !tcp) return true; // not an address that can be tried quickly
  return new Promise((resolve) => {
    const socket = path === undefined ? connect(Number(tcp?.[2]), tcp?.[1] ?? "") : connect(path);
    const end = (answer: boolean) => () => {
      socket.destroy();
      resolve(answer);
    };
    socket.once("connect", end(true)).once("error", end(false)).setTimeout(PATIENCE, end(false));
  });
}
