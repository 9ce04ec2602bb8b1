import fc from "fast-check";
import { type Redis } from "ioredis";
import { type RedisClient } from "../../../src/queue/client.js";
import { Holder } from "../../../src/queue/reliable/holder.js";
import { type Held } from "../../../src/queue/reliable/ledger.js";
import { recoverAll } from "../../../src/queue/reliable/recover.js";
import { readSettings } from "../../../src/queue/reliable/settings.js";
import { keys } from "./real.js";
import { type Owner, type Wire } from "./wire.js";

/** Nothing in it happens by itself: leases end when an actor says so. */
export const settings = readSettings({ lease: 1e6, retryDelay: { first: 1e6, most: 1e6 } });

/** What became of messages, as those saw it who did it. */
export interface Ledger {
  put: string[];
  /** Somebody was done with it, and said so, heard or unheard. */
  done: Set<string>;
  takenPlainly: Set<string>;
  handedOut: number;
}

const STEPS = [
  "take",
  "take",
  "take several",
  "acknowledge",
  "acknowledge several",
  "fail",
  "release",
  "leave",
] as const;
const CHORES = ["put", "put", "take plainly", "expire", "expire all", "recover", "come due"] as const;

export type Step = readonly [(typeof STEPS)[number], number];
export type Chore = readonly [(typeof CHORES)[number], number];

export const steps: fc.Arbitrary<Step[]> = fc.array(fc.tuple(fc.constantFrom(...STEPS), fc.nat({ max: 3 })), {
  minLength: 1,
  maxLength: 12,
});
export const chores: fc.Arbitrary<Chore[]> = fc.array(
  fc.tuple(fc.constantFrom(...CHORES), fc.nat({ max: 5 })),
  { minLength: 1, maxLength: 15 },
);

/** A consumer with a life of steps; after it has left it comes again under another name. */
export async function live(wire: Wire, owner: Owner, life: readonly Step[], ledger: Ledger): Promise<void> {
  const commands = reopening(wire, owner);
  const open = () =>
    Holder.open({
      keys,
      settings,
      commands,
      connect: () => Promise.resolve(wire.open(owner)),
      onConnection: () => undefined,
    });
  let holder: Holder | undefined;
  let holds: Held[] = [];
  for (const [step, which] of life) {
    try {
      holder ??= await open();
      if (step === "leave") {
        holds = [];
        await holder.leave();
        holder = undefined;
      } else holds = await take(holder, step, which, holds, ledger);
    } catch (error) {
      if (!(error instanceof Error && error.message === "Connection is closed.")) throw error;
    }
  }
}

async function take(
  holder: Holder,
  step: Step[0],
  which: number,
  holds: Held[],
  ledger: Ledger,
): Promise<Held[]> {
  const one = holds[which % Math.max(holds.length, 1)];
  const others = holds.filter((held) => held !== one);
  const done = (...some: Held[]) => {
    for (const { bytes } of some) ledger.done.add(String(bytes));
    return some;
  };
  const taken = (...some: Held[]) => {
    ledger.handedOut += some.length;
    return some;
  };
  if (step === "take") {
    const held = await holder.next(0.001, new AbortController().signal, one && done(one)[0]);
    return held ? [...others, ...taken(held)] : others;
  }
  if (step === "take several") return [...holds, ...taken(...(await holder.exchange([], which)))];
  if (step === "acknowledge several") return taken(...(await holder.exchange(done(...holds), which)));
  if (!one) return holds;
  // Where the answer is lost, it is in nobody's hands from then on.
  holds.splice(holds.indexOf(one), 1);
  if (step === "acknowledge") await holder.acknowledge(done(one)[0] ?? one);
  else if (step === "fail") await holder.fail(one, "it failed");
  else await holder.release(one);
  return others;
}

/** Everybody else: producers, plain consumers, who recovers, and time. */
export async function lookAfter(
  wire: Wire,
  owner: Owner,
  day: readonly Chore[],
  client: Redis,
  ledger: Ledger,
): Promise<void> {
  const connection = wire.open(owner);
  for (const [chore, which] of day) {
    if (chore === "put") {
      const messages = Array.from({ length: which + 1 }, (_, index) => String(ledger.put.length + index));
      ledger.put.push(...messages);
      await connection.callBuffer("RPUSH", keys.queue, ...messages);
    } else if (chore === "take plainly") {
      const message = await connection.callBuffer("LPOP", keys.queue);
      if (message !== null) ledger.takenPlainly.add((message as Buffer).toString());
    } else if (chore === "recover") await recoverAll(connection, keys, settings);
    else if (chore === "come due")
      await passTime(connection, keys.delayed, await client.zrange(keys.delayed, 0, -1));
    else {
      const known = await client.zrange(keys.consumers, 0, -1);
      const some = chore === "expire all" ? known : known.slice(which % 4, (which % 4) + 1);
      await passTime(connection, keys.consumers, some);
    }
  }
}

/** What these wait for was a minute ago; what is gone meanwhile stays gone. */
export async function passTime(client: RedisClient, key: string, members: readonly string[]): Promise<void> {
  const ago = Date.now() - 60_000;
  if (members.length > 0)
    await client.callBuffer("ZADD", key, "XX", ...members.flatMap((one, order) => [ago + order, one]));
}

/** As the queue's own connection for commands: opened anew once it was lost. */
function reopening(wire: Wire, owner: Owner): () => Promise<RedisClient> {
  let client: RedisClient | undefined;
  return () => {
    if (client?.status === "end") client = undefined;
    client ??= wire.open(owner);
    return Promise.resolve(client);
  };
}
