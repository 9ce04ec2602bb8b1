import { expect, it } from "vitest";
import { readVectors } from "../../../../support/queue/pickle-vectors.js";
import { serializers } from "../../../../../src/queue/serializers/index.js";
import { SerializationError } from "../../../../../src/queue/serializers/serializer.js";
import { describeValue } from "../../../../../src/queue/values/value-form.js";

const COUNT = 100_000;

/** Mulberry32: a small generator whose every run can be repeated from its seed. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

const CORPUS = readVectors().map(({ base64 }) => Buffer.from(base64, "base64"));
/** Opcodes that make, repeat and fill, which random bytes seldom hit in a row. */
const OPCODES = Buffer.from(
  "()0125NKKKJG]]}}aeeuusshhqqqttlldRRbocii\x85\x86\x87\x88\x8c\x8c\x8f\x90\x91\x93\x94\x94\x95.",
  "latin1",
);

function makeInput(next: (below: number) => number): Buffer {
  const pick = () => Buffer.from(CORPUS[next(CORPUS.length)] ?? []);
  switch (next(5)) {
    case 0:
      return Buffer.from(Array.from({ length: next(60) }, () => next(256)));
    case 1:
      return Buffer.from(Array.from({ length: next(200) }, () => OPCODES[next(OPCODES.length)] ?? 0));
    case 2: {
      const [one, other] = [pick(), pick()];
      return Buffer.concat([one.subarray(0, next(one.length)), other.subarray(next(other.length))]);
    }
    case 3: {
      const input = pick();
      return input.subarray(0, next(input.length));
    }
    default: {
      const input = pick();
      for (let n = next(6); n >= 0; n -= 1) input[next(input.length)] = next(256);
      return input;
    }
  }
}

it(
  `${COUNT} random and mutated pickles are read or refused, and none hangs or fills the memory`,
  { timeout: 120_000 },
  () => {
    const seed = Number(process.env["TQ_TEST_SEED"] ?? Date.now() % 2 ** 31);
    const next = random(seed);
    let read = 0;
    let slowest = 0;
    const before = process.memoryUsage().rss;
    for (let n = 0; n < COUNT; n += 1) {
      const input = makeInput(next);
      const about = `seed ${seed}, input ${n}: ${input.toString("base64")}`;
      const since = performance.now();
      try {
        describeValue(serializers.pickle.decode(input));
        read += 1;
      } catch (error) {
        if (!(error instanceof SerializationError)) throw new Error(about, { cause: error });
      }
      slowest = Math.max(slowest, performance.now() - since);
    }
    expect(read, `seed ${seed}`).toBeGreaterThan(COUNT / 50);
    expect(slowest, `seed ${seed}`).toBeLessThan(1000);
    expect((process.memoryUsage().rss - before) / 2 ** 20, `seed ${seed}: MB`).toBeLessThan(300);
  },
);
