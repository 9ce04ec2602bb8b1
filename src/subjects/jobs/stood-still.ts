import { type WorkNote } from "../../lab/program/program-notes.js";

/** Seconds that a job took, in the middle of several. */
export interface Spent {
  computed: number;
  idle: number;
}

/** A job that computes for less may wait as long for Redis, on a machine that is busy. */
const LEAST_COMPUTED = 0.1;

/** Waiting for each other makes each job's quiet so many times longer. */
const LONGER = 1.5;

/** Of the messages that were worked on since then without a sleep; null where nothing tells it. */
export function spentOn(notes: readonly WorkNote[], since: number): Spent | null {
  const recent = notes.filter(({ began }) => began >= since);
  const computed = middleOf(recent.flatMap((note) => note.computed ?? []));
  const idle = middleOf(recent.flatMap((note) => note.idle ?? []));
  return computed === null || idle === null ? null : { computed, idle };
}

/**
 * Several workers waited for each other: what each job took beside computing became more, and more than its computing. That the machine was
 * busy shows in neither, and what cannot be told is not said.
 */
export function stoodStill(one: Spent | null, several: Spent | null): boolean {
  if (one === null || several === null || several.computed < LEAST_COMPUTED) return false;
  return several.idle > several.computed && several.idle > one.idle * LONGER;
}

function middleOf(values: readonly number[]): number | null {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? null;
}
