import { type RedisClient, replyCode } from "../client.js";

type Argument = string | number | Buffer;

/**
 * A script that Redis runs as one step. It is sent once, and called by its hash from then on.
 *
 * A full Redis refuses a script at its first write, unless that one frees memory: each script that must work
 * then too begins with such a write, and what follows is let through.
 */
export class Script {
  #hash: string | undefined;

  constructor(readonly source: string) {}

  async run(client: RedisClient, keys: readonly string[], args: readonly Argument[]): Promise<unknown> {
    this.#hash ??= await sha1(this.source);
    try {
      return await client.callBuffer("EVALSHA", this.#hash, keys.length, ...keys, ...args);
    } catch (error) {
      if (replyCode(error) !== "NOSCRIPT") throw error;
      return client.callBuffer("EVAL", this.source, keys.length, ...keys, ...args);
    }
  }
}

/** `now`: Redis' own clock in milliseconds, the only clock that all consumers share. */
export const NOW = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)`;

/** Loaded only here: most programs that put and take never need it. */
async function sha1(text: string): Promise<string> {
  const { createHash } = await import("node:crypto");
  return createHash("sha1").update(text).digest("hex");
}
