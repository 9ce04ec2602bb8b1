import { type CommandModule } from "../../command.js";
import { withQueue } from "../../open-queue.js";
import { repeatCommand } from "../../repeat-command.js";
import { escapeControls } from "../../terminal/escape.js";
import { formatLetter, messageText } from "./format-letter.js";
import { letterId } from "./letter-ids.js";

export const show: CommandModule = {
  define: (command) => command.argument("<id>", "which, as tq dead list prints it", letterId),

  run: (context, _options: object, id: string) =>
    withQueue(context, async (queue) => {
      const { out, notes, settings } = context;
      const letter = await queue.deadLetters().get(id);
      if (!letter) {
        notes.say(
          `no dead letter ${id} of queue "${queue.name}":  ${repeatCommand(context, "tq dead list")}`,
        );
        return 1;
      }
      if (settings.json) {
        await out.line(formatLetter(settings, letter));
        return 0;
      }
      const { time, attempts, reason, consumer } = letter;
      const facts = [
        ["failed", time.toISOString()],
        ["attempts", String(attempts)],
        ["reason", reason],
        ["consumer", consumer],
        ["message", messageText(letter)],
      ];
      for (const [name = "", fact = ""] of facts) await out.line(`${name.padEnd(10)}${escapeControls(fact)}`);
      return 0;
    }),
};
