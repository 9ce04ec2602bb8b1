import { type Command, InvalidArgumentError, Option } from "commander";
import { INSTANCE_NAME } from "../redis/lifecycle/state.js";

/** A whole number of at least `least`. */
export function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && Number.isSafeInteger(value) && value >= least) return value;
    throw new InvalidArgumentError(`It is a whole number, ${least} or more.`);
  };
}

/** Redis takes no longer waits in every version; it is about 30 years. */
const LONGEST = 1e9;

/** Seconds, also in parts: 0 or more. */
export function seconds(text: string): number {
  const value = Number(text);
  if (/^(\d+\.?\d*|\.\d+)$/.test(text) && value <= LONGEST) return value;
  throw new InvalidArgumentError("It is a number of seconds, 0 or more.");
}

/** A TCP port; 0 where a free one is to be taken. */
export function port(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value <= 65535) return value;
  throw new InvalidArgumentError("It is a number from 0 to 65535.");
}

/** The name of a Redis that tq starts: it becomes part of file names and of a container's name. */
export function instanceName(text: string): string {
  if (INSTANCE_NAME.test(text)) return text;
  throw new InvalidArgumentError(
    "It has up to 50 letters, digits, - _ or ., and begins with a letter or digit.",
  );
}

/** An http or https address, without a slash at its end. */
export function httpAddress(text: string): string {
  if (/^https?:\/\/[^/\s]+/.test(text) && URL.canParse(text)) return text.replace(/\/+$/, "");
  throw new InvalidArgumentError("It is an address such as http://localhost:5000.");
}

export function jsonValue(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new InvalidArgumentError(`It is not JSON: ${(error as Error).message}`);
  }
}

function queueName(text: string): string {
  if (text === "") throw new InvalidArgumentError("It is empty.");
  return text;
}

/** The options that every command has; see `Settings`. */
export function addGlobalOptions(program: Command): Command {
  return program
    .option("--redis-url <url>", "which Redis (default: TQ_REDIS_URL, REDIS_IP, tq's own, 127.0.0.1:6379)")
    .option("--db <n>", "database number (default: the url's, else 1)", wholeNumber(0))
    .option("--queue <name>", "name of the queue", queueName, "queue")
    .addOption(
      new Option("--serializer <name>", "how messages are written")
        .choices(["pickle", "json", "text"])
        .default("pickle"),
    )
    .option("--json", "print JSON, a line each")
    .option("--plain", "append-only lines, no escapes")
    .option("--no-color", "no colours")
    .option("--quiet", "say nothing but results and errors")
    .option("--debug", "say which Redis is used and why, and show whole errors");
}
