import { type Message } from "../queue/message.js";
import { describeValue, formatValue } from "../queue/values/value-form.js";
import { type Context, type Settings } from "./context.js";

type Facts = Readonly<Record<string, string | number>>;

/** What JSON tells of a message that was taken: seconds waited, to the microsecond, and when it came. */
export function takenFacts({ waited, received }: Message): { waited: number; received: string } {
  return { waited: Number(waited.toFixed(6)), received: received.toISOString() };
}

/** One value as a line of output: as it is, or as JSON with `facts` beside it. */
export function showValue({ settings, out }: Context, value: unknown, facts: Facts): string {
  return out.clean(valueText(settings, value, facts));
}

/** The same for a program, which no control character harms. */
export function valueText(settings: Settings, value: unknown, facts: Facts): string {
  if (!settings.json) return describeValue(value);
  return `{"queue":${JSON.stringify(settings.queue)},"value":${formatValue(value)}${showFacts(facts)}}`;
}

function showFacts(facts: Facts): string {
  return Object.entries(facts)
    .map(([name, fact]) => `,${JSON.stringify(name)}:${JSON.stringify(fact)}`)
    .join("");
}
