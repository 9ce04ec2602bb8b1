import { type EnvironmentRead } from "../../python-code/project.js";

/** A host that no student names: it is led to the private Redis as any other. */
export const HOST = "redis-of-this-check";

/** Databases are told apart, so that what is kept in one is not listed in another. */
const MOST_DATABASES = 16;

/** A value with which a program can work, for a variable that nothing sets: by what it is given to, else by its name. */
export function guessVariable(read: EnvironmentRead, known: ReadonlyMap<string, string>): string {
  const name = read.name.toUpperCase();
  const { givenTo, asNumber } = read;
  const isRedis = /REDIS|BROKER|RDB/.test(name);
  if (/url/.test(givenTo) || /(?:^|_)(?:URL|URI|DSN)$/.test(name))
    return isRedis || givenTo === "from_url" ? `redis://${HOST}:6379/0` : "http://127.0.0.1:5000";
  if (givenTo === "port" || /PORT/.test(name))
    return /API|FLASK|WEB|APP|SERVER/.test(name) && !isRedis ? "5000" : "6379";
  if (givenTo === "db" || /(?:^|_)DB(?:_|$)|DATABASE/.test(name)) return String(nextDatabase(known));
  if (givenTo === "host" || /HOST|(?:^|[_-])IP$|ADDR|SERVER/.test(name))
    return givenTo === "host" || isRedis ? HOST : "127.0.0.1";
  if (/LEVEL/.test(`${name} ${givenTo.toUpperCase()}`) || /^LOG(?:GING)?$/.test(name))
    return asNumber ? "20" : "INFO";
  if (asNumber) return "1";
  if (/QUEUE/.test(name)) return "queue";
  return name.toLowerCase();
}

function nextDatabase(known: ReadonlyMap<string, string>): number {
  const taken = new Set([...known].filter(([name]) => /DB|DATABASE/.test(name)).map(([, value]) => value));
  return [...Array(MOST_DATABASES).keys()].find((n) => !taken.has(String(n))) ?? 0;
}
