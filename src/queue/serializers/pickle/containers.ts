import { setOwn } from "../../values/plain-object.js";

/** A dict whose keys are not all known yet: it becomes a plain object if they are all strings, else a Map. */
export class DictBuilder {
  /** Keys and values by turns. */
  readonly entries: unknown[] = [];
  target: Map<unknown, unknown> | Record<string, unknown> = {};
}

/**
 * The containers of one pickle. Dicts are built at its end, when all keys are known, and take the places of
 * their builders in whatever holds them, in cycles too.
 */
export class Containers {
  private readonly lists: unknown[][] = [];
  private readonly dicts: DictBuilder[] = [];

  list(items: unknown[] = []): unknown[] {
    this.lists.push(items);
    return items;
  }

  dict(): DictBuilder {
    const dict = new DictBuilder();
    this.dicts.push(dict);
    return dict;
  }

  /** The value of the whole pickle, free of builders. */
  finish(value: unknown): unknown {
    if (this.dicts.length === 0) return value;
    for (const dict of this.dicts) {
      if (dict.entries.some((entry, at) => at % 2 === 0 && typeof entry !== "string"))
        dict.target = new Map();
    }
    for (const { target, entries } of this.dicts) {
      for (let at = 0; at < entries.length; at += 2) {
        const item = resolve(entries[at + 1]);
        if (target instanceof Map) target.set(resolve(entries[at]), item);
        else setOwn(target, entries[at] as string, item);
      }
    }
    for (const list of this.lists) {
      for (let at = 0; at < list.length; at += 1) list[at] = resolve(list[at]);
    }
    return resolve(value);
  }
}

function resolve(value: unknown): unknown {
  return value instanceof DictBuilder ? value.target : value;
}
