import { type Exchange, type Request } from "../../../lab/http/exchange.js";

/** The same request with what its answer says that it lacks; null where it names nothing. */
export function addWhatLacks(request: Request, { text, json, status }: Exchange): Request | null {
  if (status === null || status < 400 || request.method === "GET") return null;
  const sent = (request.form ?? request.body ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof sent !== "object") return null;
  const words = allowedWords(text);
  const named = [...locations(json), ...namesIn(text)].filter((name) => !(name in sent) || words.length > 0);
  const [name] = named;
  if (name === undefined) return null;
  const value = words[0] ?? (/date|day/i.test(name) ? "2020-01-01" : /year/i.test(name) ? 2010 : 1);
  const changed = { ...sent, [name]: request.form ? String(value) : value };
  return request.form
    ? { ...request, form: changed as Record<string, string> }
    : { ...request, body: changed };
}

/** Where FastAPI says that something lacks: `{"detail": [{"loc": ["body", "year"], …}]}`. */
function locations(json: unknown): string[] {
  const detail = (json as { detail?: unknown } | null | undefined)?.detail;
  if (!Array.isArray(detail)) return [];
  return (detail as { loc?: unknown }[]).flatMap(({ loc }) => {
    const last: unknown = Array.isArray(loc) && loc[0] === "body" ? loc.at(-1) : null;
    return typeof last === "string" && last !== "body" ? [last] : [];
  });
}

const LACKS =
  /(?:missing|lacks?|requires?|required|needs?|must (?:have|include|contain|provide|specify)|(?:please )?(?:provide|give|specify|include|send))\b[^\w"']{0,4}(?:an?|the|valid|all|both)?\s*(?:json )?(?:field|key|param(?:eter)?|argument|value|query)?s?:?\s*["'`]?([A-Za-z_]\w*)["'`]?/gi;
const BEFORE =
  /["'`]?([A-Za-z_]\w*)["'`]?\s+(?:(?:field|key|param(?:eter)?)\s+)?(?:is|was|must be|not)\s*(?:missing|required|given|provided|one of|specified|set)/gi;
const QUOTED = /["'`]([A-Za-z_]\w*)["'`]/g;
const NO_NAME =
  /^(?:error|message|detail|a|an|the|is|json|object|body|request|data|field|and|or|to|in|with|job|please)$/i;

function namesIn(text: string): string[] {
  const found = [BEFORE, LACKS, QUOTED].flatMap((pattern) =>
    [...text.matchAll(pattern)].map(([, name = ""]) => name),
  );
  return [...new Set(found)].filter((name) => name !== "" && !NO_NAME.test(name));
}

/** "one of a, b, c"; "choose from ['a', 'b']". */
function allowedWords(text: string): string[] {
  const [, list = ""] =
    /(?:(?:must be )?one of|choose from|choose between|valid (?:\w+ )?(?:are|values|options|types|kinds)|allowed|options(?: are)?|must be|either)\s*:?\s*\[?\(?([^\])}.\n]+)/i.exec(
      text,
    ) ?? [];
  const words = list.split(/,|\bor\b|\band\b/).map((word) => word.replace(/^[\s"'`\\]+|[\s"'`\\]+$/g, ""));
  return words.length > 1 ? words.filter((word) => /^[\w-]+$/.test(word)) : [];
}
