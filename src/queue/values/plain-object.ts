/** An object that is nothing but its properties, of this realm or another. */
export function isPlainObject(value: object): value is Record<string, unknown> {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** Sets a property of the object's own, whatever its name; plain assignment of `__proto__` would not. */
export function setOwn(target: object, key: string, value: unknown): void {
  if (key !== "__proto__") (target as Record<string, unknown>)[key] = value;
  else Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
}

/** What a value is, for an error: "a Date", "undefined", "a function". */
export function nameKind(value: unknown): string {
  if (value === undefined) return "undefined";
  const { constructor } = Object(value) as { constructor?: { name?: string } };
  const name = typeof value === "object" ? (constructor?.name ?? "object") : typeof value;
  return `${/^[AEIO]/i.test(name) ? "an" : "a"} ${name}`;
}
