/** Whether a value that was read from a file is of some form. */
export type Shape = (value: unknown) => boolean;

export const isText: Shape = (value) => typeof value === "string";

export const isFlag: Shape = (value) => typeof value === "boolean";

/** A whole number, 0 or more. */
export const isCount: Shape = (value) => Number.isSafeInteger(value) && (value as number) >= 0;

/** A path with / between its parts that does not lead out of the folder that it is relative to. */
export const isPathInside: Shape = (value) =>
  typeof value === "string" &&
  !/[\0\\]/.test(value) &&
  value.split("/").every((part) => part !== "" && part !== "." && part !== "..");

export function textLike(pattern: RegExp): Shape {
  return (value) => typeof value === "string" && pattern.test(value);
}

export function orNull(shape: Shape): Shape {
  return (value) => value === null || shape(value);
}

/** For a field that an older file may lack. */
export function orAbsent(shape: Shape): Shape {
  return (value) => value === undefined || shape(value);
}

export function listOf(shape: Shape): Shape {
  return (value) => Array.isArray(value) && value.every(shape);
}

/** An object of any keys. */
export function recordOf(shape: Shape): Shape {
  return (value) => isRecord(value) && Object.values(value).every(shape);
}

/** An object with these fields; others may stand beside them. */
export function objectOf(fields: Readonly<Record<string, Shape>>): Shape {
  return (value) => isRecord(value) && Object.entries(fields).every(([name, shape]) => shape(value[name]));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
