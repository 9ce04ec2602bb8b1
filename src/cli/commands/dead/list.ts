import { type CommandModule } from "../../command.js";
import { countMessages } from "../../count-messages.js";
import { withQueue } from "../../open-queue.js";
import { escapeControls } from "../../terminal/escape.js";
import { formatLetter, messageText } from "./format-letter.js";

export const list: CommandModule = {
  define: (command) => command,

  run: (context) =>
    withQueue(context, async (queue) => {
      const { out, notes, settings } = context;
      let count = 0;
      for await (const letter of queue.deadLetters().list()) {
        // In a pipe each line is a letter.
        if (count === 0 && out.isTerminal && !settings.json)
          await out.line(toRow("id", "attempts", "reason", "message"));
        count += 1;
        const { id, attempts, reason } = letter;
        await out.line(
          settings.json
            ? formatLetter(settings, letter)
            : escapeControls(toRow(id, String(attempts), reason, messageText(letter))),
        );
      }
      if (!settings.json) notes.say(count === 0 ? "no dead letters" : countMessages(count));
      return 0;
    }),
};

function toRow(id: string, attempts: string, ...texts: readonly string[]): string {
  return [id.padEnd(15), attempts.padEnd(8), ...texts.map(oneCell)].join(" | ");
}

/** Long texts are whole in `tq dead show`. */
function oneCell(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
