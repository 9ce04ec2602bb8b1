import { describeValue, formatValue } from "../queue/values/value-form.js";
import { type Context } from "./context.js";
import { escapeControls } from "./terminal/escape.js";

/** One value as a line of output: as it is, or as JSON with `facts` beside it. */
export function showValue(
  { settings, out }: Context,
  value: unknown,
  facts: Readonly<Record<string, string | number>>,
): string {
  const text = settings.json
    ? `{"queue":${JSON.stringify(settings.queue)},"value":${formatValue(value)}${showFacts(facts)}}`
    : describeValue(value);
  return out.isTerminal ? escapeControls(text) : text;
}

function showFacts(facts: Readonly<Record<string, string | number>>): string {
  return Object.entries(facts)
    .map(([name, fact]) => `,${JSON.stringify(name)}:${JSON.stringify(fact)}`)
    .join("");
}
