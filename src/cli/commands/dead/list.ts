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
        count += 1;
        const { id, attempts, reason } = letter;
        await out.line(
          settings.json
            ? formatLetter(settings, letter)
            : escapeControls(
                [id, attempts, reason, messageText(letter)].map(String).map(oneCell).join(" | "),
              ),
        );
      }
      if (!settings.json) notes.say(count === 0 ? "no dead letters" : countMessages(count));
      return 0;
    }),
};

/** Long texts are whole in `tq dead show`. */
function oneCell(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
