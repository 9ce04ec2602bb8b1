import { TqError } from "../../../errors.js";
import { connectTo } from "../../../queue/connect.js";
import { disconnect, isErrorReply } from "../../../queue/client.js";
import { formatReply, splitWords } from "../../../redis/command-line.js";
import { explainRedisError } from "../../../redis/explain-error.js";
import { runRedisCli } from "../../../redis/redis-cli.js";
import { type Target } from "../../../redis/target.js";
import { type CommandModule } from "../../command.js";
import { type Context } from "../../context.js";
import { findTarget } from "../../open-queue.js";
import { escapeControls } from "../../terminal/escape.js";

export const cli: CommandModule = {
  define: (command) =>
    command.argument(
      "[command...]",
      "one command for Redis, or options of redis-cli, passed on as they are; none opens a prompt",
    ),

  run: async (context, _options: object, words: string[]) => {
    const target = findTarget(context);
    const { sentinel, cluster } = target.connection;
    const code = sentinel || cluster ? null : await runRedisCli(target, words, context.env);
    if (code === null && words[0]?.startsWith("-")) {
      throw new TqError(`redis-cli, which has the option ${words[0]}, is not used here`, {
        code: "no-redis-cli",
        exitCode: 3,
        hint:
          sentinel || cluster
            ? "It does not find the way by these addresses. tq asks by itself:  tq redis cli <command>"
            : "It is not on the PATH. Without it tq asks by itself:  tq redis cli <command>",
      });
    }
    return code ?? (await answerByItself(context, target, words));
  },
};

/** What redis-cli does, where there is none. */
async function answerByItself(context: Context, target: Target, words: string[]): Promise<number> {
  const { out, notes, openStdin, signal } = context;
  const client = await connectTo(target.connection)().catch((error: unknown) => {
    throw explainRedisError(error, target);
  });
  /** False where Redis answered with an error. */
  const askRedis = async ([command = "", ...args]: string[]): Promise<boolean> => {
    try {
      await out.line(formatReply(await client.callBuffer(command, ...args)));
      return true;
    } catch (error) {
      if (!isErrorReply(error)) throw explainRedisError(error, target);
      await out.line(`(error) ${error.message}`);
      return false;
    }
  };
  try {
    if (words.length > 0) return (await askRedis(words)) ? 0 : 1;
    const { createInterface } = await import("node:readline/promises");
    notes.say("redis-cli is not on the PATH; this is a small prompt of tq's own. Ctrl-D ends.");
    const prompt = createInterface({
      input: openStdin(),
      output: notes.stream,
      signal,
      terminal: notes.interactive,
    });
    prompt.setPrompt(`${escapeControls(target.url)}[${target.connection.db}]> `);
    prompt.on("SIGINT", () => {
      prompt.close();
    });
    prompt.prompt();
    for await (const line of prompt) {
      const typed = splitWords(line);
      if (typed === null) notes.say("a quote is not closed");
      else if (typed.length > 0) await askRedis(typed);
      prompt.prompt();
    }
    return 0;
  } finally {
    disconnect(client);
  }
}
