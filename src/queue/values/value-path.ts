/** A step into a container: a property, a position, or the key of a dict as opposed to its value. */
export type Step = string | number;

/** How deep containers may be nested; Python's pickle and json stop at about as many. */
export const MOST_LEVELS = 1000;

/** Where in a value something is: "the value", "$.jobs[2].due". */
export function showPlace(steps: readonly Step[]): string {
  if (steps.length === 0) return "the value";
  const shown = steps.slice(0, 8).map((step) => {
    if (typeof step === "number") return `[${step}]`;
    return /^[\p{ID_Start}_$][\p{ID_Continue}$]*$/u.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`;
  });
  return `$${shown.join("")}${steps.length > shown.length ? "…" : ""}`;
}
