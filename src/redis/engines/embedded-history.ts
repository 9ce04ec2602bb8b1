import type * as Core from "js-redis-server/core";
import { SLOW_LOG_ENTRIES } from "../observe/slow-log.js";

/** The command that answers with the history, from a number on: a JSON array of `HistoryEntry`. */
export const HISTORY_COMMAND = "TQ.HISTORY";

const MOST_WORDS = 32;
const LONGEST_WORD = 1024;

/** One command, or a connection's end; bytes stand as latin1 text. */
export interface HistoryEntry {
  /** Counted from 0. */
  id: number;
  /** Seconds since 1970. */
  time: number;
  client: string;
  db: number;
  /** The command and its arguments; none where the connection ended. */
  words: string[];
}

type Options = NonNullable<Parameters<typeof Core.createRedisCommandExecutor>[0]>;
type ExecutionPolicy = NonNullable<Options["policies"]>[number];

/** What the clients of one embedded server did lately. */
export class EmbeddedHistory {
  private readonly entries: HistoryEntry[] = [];
  private next = 0;

  /** Notes each command before it is done, a blocking one thus when it begins to wait. */
  readonly policy: ExecutionPolicy = {
    name: "tq-history",
    beforeExecute: ({ rawCommand, rawArgs }, { session }) => {
      this.note(
        session.clientAddress ?? "",
        session.selectedDatabase,
        cut(withoutSecrets([rawCommand, ...rawArgs])),
      );
    },
  };

  noteEnd(client: string): void {
    this.note(client, 0, []);
  }

  makeCommand({ defineCommand, t, RedisResult, RedisValue }: typeof Core): Core.CommandDefinition {
    return defineCommand({
      name: HISTORY_COMMAND,
      schema: t.object({ from: t.integer() }),
      flags: ["readonly", "noscript"],
      keys: () => [],
      execute: ({ from }) => {
        const found = this.entries.filter(({ id }) => id >= from);
        return RedisResult.create(RedisValue.bulkString(Buffer.from(JSON.stringify(found))));
      },
    });
  }

  private note(client: string, db: number, words: string[]): void {
    if (words[0]?.toUpperCase() === HISTORY_COMMAND) return;
    this.entries.push({ id: this.next, time: Date.now() / 1000, client, db, words });
    this.next += 1;
    if (this.entries.length > 2 * SLOW_LOG_ENTRIES) this.entries.splice(0, SLOW_LOG_ENTRIES);
  }
}

const REDACTED = Buffer.from("(redacted)");

/** As Redis does in its slow log: what follows AUTH is nobody else's, also within HELLO. */
function withoutSecrets(words: readonly Buffer[]): readonly Buffer[] {
  if (!/^(auth|hello)$/i.test(String(words[0]))) return words;
  const from = words.findIndex((word) => /^auth$/i.test(String(word)));
  if (from < 0) return words;
  return words.map((word, index) => (index > from ? REDACTED : word));
}

/** As the slow log of Redis cuts: few words, and long ones say how much is missing. */
function cut(words: readonly Buffer[]): string[] {
  const shown = words.slice(0, words.length > MOST_WORDS ? MOST_WORDS - 1 : MOST_WORDS).map((word) => {
    const missing = word.length - LONGEST_WORD;
    const text = word.toString("latin1", 0, LONGEST_WORD);
    return missing > 0 ? `${text}... (${missing} more bytes)` : text;
  });
  if (words.length > MOST_WORDS) shown.push(`... (${words.length - MOST_WORDS + 1} more arguments)`);
  return shown;
}
