import fc from "fast-check";

/** One change to a text or to bytes: where, as a part of its length, and what. */
interface Edit<T> {
  kind: "put" | "cut" | "over" | "twice" | "end";
  at: number;
  length: number;
  content: T;
}

function edits<T>(content: fc.Arbitrary<T>): fc.Arbitrary<Edit<T>[]> {
  const some: fc.Arbitrary<Edit<T>[]> = fc.array(
    fc.record({
      kind: fc.constantFrom<Edit<T>["kind"]>("put", "cut", "over", "twice", "end"),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      length: fc.nat(12),
      content,
    }),
    { minLength: 1, maxLength: 4 },
  );
  const none = fc.constant<Edit<T>[]>([]);
  return fc.oneof({ weight: 1, arbitrary: none }, { weight: 3, arbitrary: some });
}

interface Sliceable<T> {
  readonly length: number;
  slice: (from: number, to?: number) => T;
}

function apply<T extends Sliceable<T>>(value: T, changes: readonly Edit<T>[], join: (parts: T[]) => T): T {
  return changes.reduce((now, { kind, at, length, content }) => {
    const from = Math.floor(at * now.length);
    const [head, part, tail] = [now.slice(0, from), now.slice(from, from + length), now.slice(from + length)];
    switch (kind) {
      case "put":
        return join([head, content, part, tail]);
      case "cut":
        return join([head, tail]);
      case "over":
        return join([head, content, tail]);
      case "twice":
        return join([head, part, part, tail]);
      case "end":
        return head;
    }
  }, value);
}

/** Bytes of the kind that are given, with a few changes: most of their form stays, so that they are read far into. */
export function mutatedBytes(
  seeds: fc.Arbitrary<Buffer>,
  pieces: fc.Arbitrary<Buffer>,
): fc.Arbitrary<Buffer> {
  return fc
    .tuple(seeds, edits(pieces))
    .map(([seed, changes]) => apply(seed, changes, (parts) => Buffer.concat(parts)));
}

/** As `mutatedBytes`, for text. */
export function mutatedText(seeds: fc.Arbitrary<string>, pieces: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .tuple(seeds, edits(pieces))
    .map(([seed, changes]) => apply(seed, changes, (parts) => parts.join("")));
}

export function anyBytes(maxLength: number): fc.Arbitrary<Buffer> {
  return fc.uint8Array({ maxLength }).map((bytes) => Buffer.from(bytes));
}
