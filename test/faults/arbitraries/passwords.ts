import fc from "fast-check";

/** Letters that no word, number or hash of tq's or Redis' own output is made of. */
const LETTERS = Array.from("GHJKMNPRTVWY");

const token = fc
  .tuple(fc.constantFrom(...LETTERS), fc.constantFrom(...LETTERS))
  .map(([one, other]) => `${one}Q${other}X`);

/** What falls between: most often a character that takes a url apart. */
const between = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...Array.from("@/#?%:&=,[]")) },
  { weight: 1, arbitrary: fc.string({ unit: "grapheme-ascii", minLength: 1, maxLength: 3 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom("%40", "://", "é", "?password=", "&db=", "?x=", "//", ":6379/", "'"),
  },
);

export interface Password {
  text: string;
  /** Pieces of it that nothing else can contain: where one is seen, a part of the password is. */
  tokens: readonly string[];
}

/** Passwords of all printable characters. */
export const passwords: fc.Arbitrary<Password> = fc
  .tuple(token, fc.array(fc.tuple(between, token), { maxLength: 4 }))
  .map(([first, more]) => ({
    text: first + more.flat().join(""),
    tokens: [first, ...more.map(([, piece]) => piece)],
  }));

type Form = (password: string, port: number) => string;

/** Where a password may stand, rightly or not; the host is always localhost. */
export const forms: readonly Form[] = [
  (password, port) => `redis://:${password}@localhost:${port}`,
  (password, port) => `redis://me:${password}@localhost:${port}/1?db=1`,
  (password, port) => `redis://${password}@localhost:${port}`,
  (password, port) => `RediS://me:${password}@[::1]:${port}`,
  (password) => `rediss://me:${password}@localhost:1`,
  (password) => `redis+sentinel://me:${password}@localhost:1,localhost:2/master/1`,
  (password) => `redis+sentinel://:${password}@localhost:1,:${password}@localhost:2/master`,
  (password) => `redis+cluster://me:${password}@localhost:1,localhost:2`,
  (password) => `unix://me:${password}@/no/such/redis.sock?db=1`,
  (password) => `redis+unix://:${password}@/no/such/redis.sock`,
  (password, port) => `redis://localhost:${port}?password=${password}`,
  (password, port) => `redis://localhost:${port}/1?db=1&password=${password}&username=me`,
  (password) => `unix:///no/such/redis.sock?password=${password}`,
  (password) => `redis+sentinel://localhost:1/master?password=${password}`,
  (password, port) => `:${password}@localhost:${port}`,
  (password, port) => `me:${password}@localhost:${port}`,
  (password, port) => `http://me:${password}@localhost:${port}`,
];
