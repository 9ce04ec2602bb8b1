import { type CommandEvent } from "../../redis/observe/event.js";

/** What a command means for a list. */
export type Step =
  | { does: "put"; key: string; messages: readonly Buffer[]; count: number; atHead: boolean }
  | { does: "take"; key: string; blocks: boolean; most: number; atTail: boolean }
  | { does: "remove"; key: string }
  | { does: "flush"; all: boolean }
  | { does: "look"; key: string };

/** The steps in which a command touches lists; of several takes only the first that finds something is done. */
export function interpret({ name, args }: CommandEvent): Step[] {
  const [key = "", second] = args.map(String);
  switch (name) {
    case "RPUSH":
    case "LPUSH":
    case "RPUSHX":
    case "LPUSHX":
      return [put(key, args.slice(1), name.startsWith("L"))];
    case "LPOP":
    case "RPOP":
      return [{ does: "take", key, blocks: false, most: Number(second ?? 1), atTail: name === "RPOP" }];
    case "BLPOP":
    case "BRPOP":
      return args
        .slice(0, -1)
        .map((one) => ({ does: "take", key: String(one), blocks: true, most: 1, atTail: name === "BRPOP" }));
    case "LMOVE":
    case "RPOPLPUSH":
    case "BLMOVE":
    case "BRPOPLPUSH": {
      const atTail = name.endsWith("PUSH") || /^right$/i.test(String(args[2]));
      return [{ does: "take", key, blocks: name.startsWith("B"), most: 1, atTail }];
    }
    case "DEL":
    case "UNLINK":
      return args.map((one) => ({ does: "remove", key: String(one) }));
    case "FLUSHDB":
    case "FLUSHALL":
      return [{ does: "flush", all: name === "FLUSHALL" }];
    case "LLEN":
      return [{ does: "look", key }];
    default:
      return [];
  }
}

/** How the slow log ends a list of arguments that it cut. */
const MORE = /^\.\.\. \((\d+) more arguments\)$/;

function put(key: string, messages: readonly Buffer[], atHead: boolean): Step {
  const more = MORE.exec(String(messages.at(-1)));
  if (!more) return { does: "put", key, messages, count: messages.length, atHead };
  return {
    does: "put",
    key,
    messages: messages.slice(0, -1),
    count: messages.length - 1 + Number(more[1]),
    atHead,
  };
}
