import { type Need } from "./need.js";

/** One thing that a machine has or lacks. */
export interface Finding {
  /** Such as Docker engine. */
  name: string;
  state: "ok" | "lacks" | "note";
  /** What was found, or why it was not. */
  detail: string;
  /** What helps: one or more whole lines. */
  remedy?: string | undefined;
  /** The needs of exercises that it stands for. */
  serves: readonly Need[];
}
