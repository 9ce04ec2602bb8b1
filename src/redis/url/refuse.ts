import { TqError } from "../../errors.js";
import { areAddresses } from "./hosts.js";

/** What may be a password in the wrong place, or in the wrong form: with these the right form is shown. */
export const UNENCODED = "its user or password has a character that is written otherwise in a url";
export const IN_QUERY = "a user and password stand before the host, not behind a ?";

const FORMS = [
  "redis://[user:password@]host[:port][/db]",
  "rediss://… the same with TLS",
  "redis+sentinel://[user:password@]host:port[,host:port…]/master[/db]",
  "redis+cluster://[user:password@]host:port[,host:port…]",
  "unix://[user:password@]/path/of/the/socket[?db=1]",
];

const CODES = "In a user and password   @ is written %40   / %2F   # %23   ? %3F   % %25   : %3A";

export function refuse(text: string, source: string, problem: string): never {
  const hint =
    problem === UNENCODED || problem === IN_QUERY
      ? [CODES, `The form is              ${showForm(text)}`]
      : ["The forms are", ...FORMS.map((form) => `  ${form}`)];
  throw new TqError(`${source} is not a Redis url: ${problem}`, {
    code: "bad-redis-url",
    exitCode: 2,
    hint: hint.join("\n"),
  });
}

/** The right form, with the host of the url where it is sure that this is no piece of a password. */
function showForm(text: string): string {
  const { scheme = "", rest = "" } = /^(?<scheme>[a-z+]+):\/\/(?<rest>.*)$/is.exec(text.trim())?.groups ?? {};
  const from = rest.lastIndexOf("@") + 1;
  // What stands behind the @ of ?password=p@ss is the password's end.
  const isSure = from === 0 || !/\?.*=/s.test(rest.slice(0, from));
  const { hosts = "", path = "" } =
    /^(?<hosts>[^/?#]*)(?<path>[^?#]*)/.exec(isSure ? rest.slice(from) : "")?.groups ?? {};
  const kind = scheme.toLowerCase();
  if (kind.endsWith("unix")) {
    const isPath = hosts === "" && /^(\/[\w.-]+)+$/.test(path);
    return `unix://user:password@${isPath ? path : "/path/of/the/socket"}`;
  }
  const place = areAddresses(hosts) ? hosts : "host:port";
  return `${kind}://user:password@${place}${kind === "redis+sentinel" ? "/master" : ""}`;
}
