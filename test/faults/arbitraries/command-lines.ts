import fc from "fast-check";

/** Names that try to be a path, a command, an option or an escape sequence. A command line cannot hold NUL. */
export const hostileNames = [
  ...[
    "../escaped",
    "../../escaped",
    "/tmp/tq-escaped",
    "a/../../escaped",
    ".",
    "..",
    "~",
    "C:\\escaped",
    "con",
  ],
  ...["$(touch ran)", "`touch ran`", "; touch ran", "| touch ran", "a && touch ran", "\ntouch ran"],
  ...[
    "-rf",
    "--",
    "-",
    "--help",
    "--expose",
    "-x=y",
    "--name=../x",
    "a\nb",
    "a\tb",
    "\r",
    "",
    " ",
    "'",
    '"',
    "\\",
    "%s%n",
  ],
  ...[
    "\u001b]0;x\u0007",
    "\u009b2J",
    "\u202egnp.exe",
    "\ufeff",
    "é",
    "名前",
    "🧠",
    "a".repeat(300),
    "x/".repeat(3000),
  ],
  ...[
    "0",
    "-1",
    "1e9",
    "1e400",
    "NaN",
    "Infinity",
    "0x10",
    "99999999999999999999",
    "1.5",
    "+1",
    "null",
    "{}",
    "[",
    "__proto__",
  ],
];
const text = fc.string({ unit: "binary", maxLength: 20 }).map((one) => one.replaceAll("\0", ""));
const word = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...hostileNames) },
  { weight: 1, arbitrary: text },
);

/** What an option takes when it is right, so that the rest of the line is come to. */
const RIGHT: Readonly<Record<string, readonly string[]>> = {
  "--timeout": ["0.01"],
  "--max": ["1", "3"],
  "--delay": ["0"],
  "--exec": ["true", "cat", "'a b' c"],
  "--attempts": ["1", "3"],
  "--concurrency": ["1", "4"],
  "--db": ["0", "1", "15"],
  "--serializer": ["pickle", "json", "text"],
  "--input": ["text", "json"],
  "--queue": ["queue", "other"],
  "--port": ["0"],
  "--engine": ["docker", "native"],
  "--format": ["text", "json"],
  "--step": ["4.1", "4.4"],
  "--job": ['{"start":1}', '"\\u0000"'],
  "--url": ["http://127.0.0.1:1"],
  "--variant": ["flask", "fastapi"],
};

/** A command with what it takes: flags, options with a value, and how many arguments. */
interface Grammar {
  words: readonly string[];
  flags?: readonly string[];
  values?: readonly string[];
  arguments?: readonly string[];
  most?: number;
  /** Without it the command waits for ever, or does what a test may not. */
  always?: readonly string[];
}

const GLOBAL = {
  flags: ["--json", "--plain", "--no-color", "--quiet", "--debug", "--help", "--version"],
  values: ["--redis-url", "--db", "--queue", "--serializer"],
};

/** Commands that need nothing but Redis and files; what would fetch, run all students or never end is left out. */
const COMMANDS: readonly Grammar[] = [
  { words: ["push"], values: ["--input"], most: 4 },
  { words: ["get"], flags: ["--block"], always: ["--timeout", "0.01"] },
  { words: ["consume"], values: ["--max"], always: ["--timeout", "0.01"] },
  { words: ["len"], most: 1 },
  {
    words: ["consume"],
    values: ["--max", "--exec", "--exec-timeout", "--attempts", "--concurrency"],
    flags: ["--reliable"],
    always: ["--timeout", "0.01"],
  },
  { words: ["recover"], values: ["--attempts"], most: 1 },
  { words: ["dead"], most: 1 },
  { words: ["dead", "list"], most: 1 },
  { words: ["dead", "show"], most: 2 },
  { words: ["dead", "retry"], flags: ["--all"], most: 3 },
  { words: ["dead", "drop"], flags: ["--all", "--yes"], most: 3 },
  { words: ["status"], most: 1 },
  { words: ["peek"], most: 2 },
  { words: ["clear"], flags: ["--yes"], most: 1 },
  { words: ["queues"], most: 1 },
  { words: ["redis"], most: 1 },
  {
    words: ["redis", "up"],
    flags: ["--expose"],
    values: ["--name", "--data"],
    always: ["--engine", "docker", "--port", "0"],
  },
  { words: ["redis", "up"], values: ["--engine", "--name"], always: ["--port", "x"] },
  { words: ["redis", "down"], flags: ["--volumes"], values: ["--name"], most: 1 },
  { words: ["redis", "status"], most: 1 },
  { words: ["redis", "logs"], values: ["--name"], most: 1 },
  { words: ["redis", "url"], most: 1 },
  { words: ["sidecar", "up"], flags: ["--bare"], values: ["--image"], most: 3 },
  { words: ["sidecar", "list"], most: 1 },
  { words: ["sidecar", "exec"], most: 4 },
  { words: ["sidecar", "shell"], flags: ["--python"], most: 2 },
  { words: ["sidecar", "down"], most: 1 },
  { words: ["network"], most: 1 },
  {
    words: ["exercise"],
    arguments: ["1", "2", "4", "6", "0", "99"],
    flags: ["--lesson", "--keep", "--solution"],
    most: 2,
  },
  {
    words: ["exercise", "4"],
    flags: ["--start", "--reset", "--undo", "--check", "--hint", "--solution", "--lesson", "--allow-network"],
    values: ["--step", "--format", "--seed", "--variant", "--url", "--job", "--start"],
    most: 1,
  },
  {
    words: ["exercise", "2", "--check"],
    values: ["--step", "--format", "--seed", "--url", "--job"],
    most: 1,
  },
  { words: ["dev", "check"], always: ["99"], values: ["--python", "--repeat", "--at-once"] },
];

export interface CommandLine {
  args: string[];
  input: string;
}

function option(name: string): fc.Arbitrary<string[]> {
  const right = RIGHT[name] ?? [];
  const value =
    right.length === 0
      ? word
      : fc.oneof({ weight: 2, arbitrary: fc.constantFrom(...right) }, { weight: 1, arbitrary: word });
  return fc
    .tuple(value, fc.boolean())
    .map(([given, joined]) => (joined ? [`${name}=${given}`] : [name, given]));
}

/** A command of tq with options and values of its own, right ones and hostile ones, in any order. */
export const commandLines: fc.Arbitrary<CommandLine> = fc.constantFrom(...COMMANDS).chain((grammar) => {
  const { words, flags = [], values = [], most = 0, always = [] } = grammar;
  const own = grammar.arguments ?? [];
  const argument = own.length === 0 ? word : fc.oneof(fc.constantFrom(...own), word);
  const part = fc.oneof(
    { weight: 3, arbitrary: most === 0 ? fc.constant<string[]>([]) : argument.map((one) => [one]) },
    {
      weight: 3,
      arbitrary: values.length === 0 ? fc.constant<string[]>([]) : fc.constantFrom(...values).chain(option),
    },
    {
      weight: 2,
      arbitrary:
        flags.length === 0 ? fc.constant<string[]>([]) : fc.constantFrom(...flags).map((one) => [one]),
    },
    { weight: 1, arbitrary: fc.constantFrom(...GLOBAL.values).chain(option) },
    { weight: 1, arbitrary: fc.constantFrom(...GLOBAL.flags).map((one) => [one]) },
    { weight: 1, arbitrary: fc.constant(["--"]) },
  );
  return fc.record({
    args: fc.array(part, { maxLength: 5 }).map((parts) => [...words, ...always, ...parts.flat()]),
    input: fc.string({ unit: "binary", maxLength: 60 }),
  });
});
