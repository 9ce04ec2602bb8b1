import { TqError } from "../../errors.js";
import { findPortHolder, type PortHolder } from "./port-holder.js";

/** Throws `TqError` (exit 3) that names who has the port, where somebody has it. */
export async function checkPortIsFree(port: number): Promise<void> {
  const holder = await findPortHolder(port);
  if (holder) throw portTaken(port, holder);
}

function portTaken(port: number, { pid, command, isRedis }: PortHolder): TqError {
  const program = command === null ? "" : ` (${shorten(command)})`;
  const process = pid === null ? "" : `, process ${pid}${program}`;
  const container = command?.includes("docker-proxy") ?? false;
  const who = isRedis
    ? `a Redis that tq did not start${process}`
    : `another program${pid === null ? ", which this user may not see" : process}`;
  return new TqError(`port ${port} of 127.0.0.1 is taken by ${who}`, {
    code: "port-taken",
    exitCode: 3,
    hint: [
      ...(isRedis ? [`Use that one:         tq push hello --redis-url redis://127.0.0.1:${port}`] : []),
      `Use another port:     tq redis up --port ${port === 6379 ? 6380 : port + 1}   (0 takes a free one)`,
      container
        ? `It is a container:    docker ps --filter publish=${port}   then docker stop <name>`
        : freeIt(port, pid, isRedis),
    ].join("\n"),
  });
}

function freeIt(port: number, pid: number | null, isRedis: boolean): string {
  if (pid === null) return `See who it is:        sudo ss -ltnp 'sport = :${port}'`;
  return isRedis
    ? `Or stop it:           tq redis cli --redis-url redis://127.0.0.1:${port} SHUTDOWN   (a service: sudo systemctl stop redis-server)`
    : `Or end it:            kill ${pid}`;
}

function shorten(command: string): string {
  return command.length > 60 ? `${command.slice(0, 59)}…` : command;
}
