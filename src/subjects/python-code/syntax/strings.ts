const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", "0": "\0", "\n": "" };

/** The value of a string as it stands in the source. Rare escapes (names of characters) stay as they are. */
export function decodeString(literal: string): { value: string; bytes: boolean } {
  const [, prefix = "", quote = ""] = /^([a-zA-Z]*)("""|'''|"|')/.exec(literal) ?? [];
  const from = prefix.length + quote.length;
  const ends = literal.endsWith(quote) && literal.length >= from + quote.length;
  const inner = literal.slice(from, ends ? literal.length - quote.length : undefined);
  const bytes = /b/i.test(prefix);
  if (/r/i.test(prefix)) return { value: inner, bytes };
  const value = inner.replace(/\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|[\s\S])/g, (whole, escape: string) =>
    /^[xu]./.test(escape)
      ? String.fromCharCode(parseInt(escape.slice(1), 16))
      : (ESCAPES[escape] ?? (/["'\\]/.test(escape) ? escape : whole)),
  );
  return { value, bytes };
}
