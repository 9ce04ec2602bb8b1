/** The words of a line typed to Redis: quotes and backslashes as in redis-cli. Null where a quote is open. */
export function splitWords(line: string): string[] | null {
  const words: string[] = [];
  const pattern = /\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|([^\s"']+))(?=\s|$)/gy;
  let end = 0;
  for (let match = pattern.exec(line); match; match = pattern.exec(line)) {
    words.push(
      match[1] !== undefined ? unescape(match[1]) : (match[2]?.replaceAll("\\'", "'") ?? match[3] ?? ""),
    );
    end = pattern.lastIndex;
  }
  return line.slice(end).trim() === "" ? words : null;
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", a: "\u0007", b: "\b" };

function unescape(text: string): string {
  return text.replace(/\\(x[0-9a-fA-F]{2}|.)/g, (_, code: string) =>
    code.length === 3 ? String.fromCharCode(parseInt(code.slice(1), 16)) : (ESCAPES[code] ?? code),
  );
}

/** A reply as redis-cli shows it on a terminal. */
export function formatReply(reply: unknown, indent = ""): string {
  if (reply === null || reply === undefined) return "(nil)";
  if (typeof reply === "number" || typeof reply === "bigint") return `(integer) ${reply}`;
  if (reply instanceof Uint8Array) return quoteBytes(reply);
  if (!Array.isArray(reply)) return typeof reply === "string" ? reply : JSON.stringify(reply);
  if (reply.length === 0) return "(empty array)";
  const width = String(reply.length).length;
  return reply
    .map((item, index) => {
      const label = `${String(index + 1).padStart(width)}) `;
      return `${index === 0 ? "" : indent}${label}${formatReply(item, indent + " ".repeat(label.length))}`;
    })
    .join("\n");
}

function quoteBytes(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
  const quoted = text.replace(/[^ -~]|[\\"]/g, (character) => {
    if (character === "\\" || character === '"') return `\\${character}`;
    if (character === "\n") return "\\n";
    return `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`;
  });
  return `"${quoted}"`;
}
