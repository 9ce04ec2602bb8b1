import { createHash } from "node:crypto";
import { RunRedis } from "../../lab/private-redis/run-redis.js";
import { waitUntil } from "../../lab/wait-until.js";
import { openGate, type Request } from "./gated-redis.js";
import { type Keep } from "../../lab/private-redis/private-server.js";
import { Program, type Sandbox } from "../../lab/program/program.js";
import { type Ending } from "../../lab/python/python-process.js";

export interface MessageRunOptions {
  sandbox: Sandbox;
  /** Relative to the sandbox's folder. */
  file: string;
  db: number;
  /** Makes the messages different each time, and the same for the same seed. */
  seed: string;
  keep: Keep;
  signal: AbortSignal;
}

/** What came of one start of the file with one message. */
export interface Started {
  /** How it ended by itself; null where it was ended. */
  ending: Ending | null;
  /** What the account holds then; "" where there is none. */
  account: string;
  /** The keys beside it. */
  marks: string[];
  lines: string[];
  errors: string;
}

/** What a file that does the work on one message did with some, each in a private Redis of its own. */
export interface MessageRun {
  /** The message of the first runs, as it was on the standard input. */
  message: string;
  /** The account's key in Redis. */
  key: string;
  amount: number;
  /** The first delivery. Redis answered only after a while. */
  first: Started & {
    /** It exited before Redis had answered anything. */
    early: boolean;
    /** How many of its requests changed something. */
    writes: number;
  };
  /** Null where the first did not change the account and then end by itself with 0. */
  more: MoreRuns | null;
}

export interface MoreRuns {
  /** Redis refuses the change: the account holds no number. */
  refused: Started;
  /** The same message again, as a second attempt. */
  again: Started;
  /** Another message of the same amount, as a second attempt: the first had come to nothing. */
  other: Started;
  /** The other one once more, as a first attempt; only where it changed nothing. */
  otherFirst: Started | null;
  /** Ended between two of its writes, and started again: once for each such place. */
  killed: Started[];
  /** Two at once: the one was held up before its first write until the other was done. */
  atOnce: Started;
}

/** Milliseconds: for one start, and for which Redis keeps silent. */
const PATIENCE = { run: 10_000, silent: 800, late: 1500 };

/** In as many of these places, at most. */
const MOST_KILLS = 5;

/** What changes nothing: before the first of other commands a program has done nothing that could be lost. */
const READS = new Set(
  "HELLO AUTH SELECT CLIENT PING READONLY COMMAND INFO GET MGET EXISTS TYPE TTL PTTL STRLEN WATCH UNWATCH SISMEMBER SMISMEMBER SMEMBERS SCARD HGET HMGET HGETALL HEXISTS HKEYS LRANGE LLEN LPOS ZSCORE ZRANGE ZRANK SCAN KEYS SCRIPT TIME DISCARD".split(
    " ",
  ),
);

export async function runMessages(options: MessageRunOptions): Promise<MessageRun> {
  const { seed } = options;
  const amount = 10 + (createHash("sha256").update(seed).digest()[0] ?? 0);
  const account = `account-${seed}`;
  const key = `account:${account}`;
  const say = (id: string): string => JSON.stringify({ id, account, amount });
  const [message, second] = [say(`${seed}-1`), say(`${seed}-2`)];
  const all = { ...options, key };

  await using redis = await RunRedis.open("work.py, message after message", options);
  const first = await runFirst(all, redis, message);
  const facts = { message, key, amount, first };
  if (first.ending?.code !== 0 || first.early || first.account !== String(amount)) {
    return { ...facts, more: null };
  }
  const start = (text: string, attempt: number): Promise<Started> =>
    runOnce(all, redis, { text, attempt, port: redis.port });
  const again = await start(message, 2);
  const other = await start(second, 2);
  const otherFirst = other.account === again.account ? await start(say(`${seed}-3`), 1) : null;
  const killed: Started[] = [];
  for (let nth = 2; nth <= Math.min(first.writes, MOST_KILLS); nth += 1) {
    killed.push(await runKilled(all, message, nth));
  }
  const refused = await runRefused(all, message);
  const atOnce = await runAtOnce(all, message);
  return { ...facts, more: { refused, again, other, otherFirst, killed, atOnce } };
}

type All = MessageRunOptions & { key: string };

interface Start {
  text: string;
  attempt: number;
  port: number;
}

async function runFirst(all: All, redis: RunRedis, text: string): Promise<MessageRun["first"]> {
  let open = false;
  let asked = false;
  let writes = 0;
  const waiting: Request[] = [];
  await using gate = await openGate(redis.port, (request) => {
    asked = true;
    if (changes(request)) writes += 1;
    if (open) request.pass();
    else waiting.push(request);
  });
  await using program = begin(all, { text, attempt: 1, port: gate.port });
  const ended = (): boolean => program.ended !== null;
  await until(all, () => asked || ended(), PATIENCE.run);
  // What it starts beside itself needs a while, too.
  await until(all, ended, PATIENCE.silent);
  const early = ended();
  open = true;
  for (const request of waiting.splice(0)) request.pass();
  if (early) {
    await waitUntil(async () => (await accountIn(all, redis)) !== "", PATIENCE.late, all.signal);
  }
  const started = await finish(all, program, redis);
  return { ...started, early, writes };
}

async function runOnce(all: All, redis: RunRedis, start: Start): Promise<Started> {
  await using program = begin(all, start);
  return await finish(all, program, redis);
}

/** Ended by force when it is about to make its n-th write, as a crash would; then the message comes again. */
async function runKilled(all: All, text: string, nth: number): Promise<Started> {
  await using redis = await RunRedis.open(`work.py, ended before its write ${nth}`, all);
  let writes = 0;
  await using gate = await openGate(redis.port, (request) => {
    if (changes(request)) writes += 1;
    if (writes < nth) request.pass();
  });
  {
    await using program = begin(all, { text, attempt: 1, port: gate.port });
    await until(all, () => writes >= nth || program.ended !== null, PATIENCE.run);
  }
  return await runOnce(all, redis, { text, attempt: 2, port: redis.port });
}

async function runRefused(all: All, text: string): Promise<Started> {
  await using redis = await RunRedis.open("work.py, an account that is no number", all);
  await redis.set({ db: all.db, key: all.key }, NO_NUMBER);
  return await runOnce(all, redis, { text, attempt: 1, port: redis.port });
}

const NO_NUMBER = "closed";

async function runAtOnce(all: All, text: string): Promise<Started> {
  await using redis = await RunRedis.open("work.py, twice at once", all);
  let open = false;
  const waiting: Request[] = [];
  await using gate = await openGate(redis.port, (request) => {
    if (open || (waiting.length === 0 && !changes(request))) request.pass();
    else waiting.push(request);
  });
  await using slow = begin(all, { text, attempt: 1, port: gate.port });
  await until(all, () => waiting.length > 0 || slow.ended !== null, PATIENCE.run);
  const quick = await runOnce(all, redis, { text, attempt: 2, port: redis.port });
  open = true;
  for (const request of waiting.splice(0)) request.pass();
  const end = await finish(all, slow, redis);
  // Whoever says that it failed is given the message again.
  return [quick, end].some(({ ending }) => ending?.code !== 0)
    ? await runOnce(all, redis, { text, attempt: 3, port: redis.port })
    : end;
}

function begin({ sandbox, file }: All, { text, attempt, port }: Start): Program {
  const bytes = Buffer.from(text);
  return new Program({
    ...sandbox,
    redisPort: port,
    command: [file],
    input: `${text}\n`,
    variables: {
      TQ_QUEUE: "queue",
      TQ_ATTEMPT: String(attempt),
      TQ_MESSAGE_ID: createHash("sha1").update(bytes).digest("hex"),
      TQ_MESSAGE_BYTES: String(bytes.length),
      TQ_MESSAGE_RECEIVED: new Date().toISOString(),
    },
    speed: 20,
  });
}

async function finish(all: All, program: Program, redis: RunRedis): Promise<Started> {
  await until(all, () => program.ended !== null, PATIENCE.run);
  const { ended: ending, lines, errors } = program;
  const marks = (await redis.store()).map(({ key }) => key).filter((key) => key !== all.key);
  return { ending, lines, errors, marks, account: await accountIn(all, redis) };
}

async function accountIn({ key, db }: All, redis: RunRedis): Promise<string> {
  return (await redis.store()).find((one) => one.key === key && one.db === db)?.text ?? "";
}

function changes({ commands }: Request): boolean {
  return commands.some((name) => !READS.has(name));
}

function until({ signal }: All, isTrue: () => boolean, patience: number): Promise<void> {
  return waitUntil(() => Promise.resolve(isTrue()), patience, signal);
}
