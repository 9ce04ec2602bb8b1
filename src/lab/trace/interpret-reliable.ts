import { createHash } from "node:crypto";
import { leave } from "../../queue/reliable/scripts/beat.js";
import { exchange } from "../../queue/reliable/scripts/exchange.js";
import { fail } from "../../queue/reliable/scripts/fail.js";
import { release, settle } from "../../queue/reliable/scripts/settle.js";
import { type Script } from "../../queue/reliable/script.js";
import { type CommandEvent } from "../../redis/observe/event.js";

/** Whose hands: a consumer of a queue. */
interface Hands {
  key: string;
  consumer: string;
}

/** What a command means for messages that are in work. */
export type ReliableStep =
  | ({ does: "take"; seconds: number | null; most: number } & Hands)
  | ({ does: "acknowledge" | "fail" | "give"; message: Buffer } & Hands)
  /** All that it holds, but these. */
  | ({ does: "give-all"; keeps: readonly Buffer[] } & Hands)
  /** The lease was over: the newest that it holds goes back. */
  | ({ does: "return" } & Hands)
  /** A message of this queue whose time has come after a failure. */
  | { does: "due"; key: string; message: Buffer };

const HELD = /^\{(.+)\}:held:(.+)$/s;
const CONSUMERS = /^\{(.+)\}:consumers$/s;

/** By the hash of a script: what a call of it does. */
const SCRIPTS = new Map<string, (keys: readonly string[], args: readonly Buffer[]) => ReliableStep[]>([
  [
    hashOf(exchange),
    ([, held], [count, ...done]) => {
      const hands = readHands(held);
      if (!hands) return [];
      const acknowledged = done.map((message) => ({ does: "acknowledge" as const, ...hands, message }));
      return [...acknowledged, { does: "take", ...hands, seconds: null, most: Number(count) }];
    },
  ],
  [hashOf(fail), ([, held], [message]) => settleOne("fail", held, message)],
  [hashOf(release), ([, held], [message]) => settleOne("give", held, message)],
  [
    hashOf(settle),
    ([, held], [working, ...all]) => {
      const hands = readHands(held);
      if (!hands) return [];
      const done = all.slice(Number(working));
      return [
        ...done.map((message) => ({ does: "acknowledge" as const, ...hands, message })),
        { does: "give-all", ...hands, keeps: all.slice(0, Number(working)) },
      ];
    },
  ],
  [
    hashOf(leave),
    ([consumers], [consumer]) => {
      const key = CONSUMERS.exec(consumers ?? "")?.[1];
      return key === undefined ? [] : [{ does: "give-all", key, consumer: String(consumer), keeps: [] }];
    },
  ],
]);

/**
 * What reliable delivery did with this command. A script is read by what it was called with, so that it does not
 * matter whether the source tells the commands within it; but what `recover` moves, only these tell.
 */
export function interpretReliable({ name, args, client }: CommandEvent): ReliableStep[] {
  const [first = "", second = ""] = args.slice(0, 2).map(String);
  if (client === "lua") {
    const hands = readHands(first);
    if (name === "LMOVE" && hands?.key === second) return [{ does: "return", ...hands }];
    return name === "LPUSH" && args[1] ? [{ does: "due", key: first, message: args[1] }] : [];
  }
  switch (name) {
    case "BLMOVE": {
      const hands = readHands(second);
      if (hands?.key !== first) return [];
      return [{ does: "take", ...hands, seconds: Number(args[4]), most: 1 }];
    }
    case "LREM":
      return settleOne("acknowledge", first, args[2]);
    // A script that Redis does not know is sent again as EVAL: one call is read once.
    case "EVALSHA": {
      const keys = 2 + Number(second);
      return SCRIPTS.get(first)?.(args.slice(2, keys).map(String), args.slice(keys)) ?? [];
    }
    default:
      return [];
  }
}

function settleOne(
  does: "acknowledge" | "fail" | "give",
  held: string | undefined,
  message: Buffer | undefined,
): ReliableStep[] {
  const hands = readHands(held);
  return hands && message ? [{ does, ...hands, message }] : [];
}

function readHands(held: string | undefined): Hands | null {
  const [, key, consumer] = HELD.exec(held ?? "") ?? [];
  return key === undefined || consumer === undefined ? null : { key, consumer };
}

function hashOf({ source }: Script): string {
  return createHash("sha1").update(source).digest("hex");
}
