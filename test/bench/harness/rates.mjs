import { run } from "./processes.mjs";

/** Messages a second, as a program measured it itself once it was under way and printed at its end. */
export async function rate(command, env) {
  const { stdout } = await run(command, { env });
  const found = Number(stdout.trim());
  if (!(found > 0)) throw new Error(`${command.join(" ")} printed no rate: ${stdout}`);
  return found;
}
