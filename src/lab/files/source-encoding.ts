/** Names that Python takes for an encoding, and what they are called here. */
const ENCODINGS: Readonly<Record<string, string>> = {
  "latin-1": "latin1",
  latin_1: "latin1",
  "iso-8859-15": "iso-8859-15",
  cp1252: "windows-1252",
  cp1250: "windows-1250",
  cp1251: "windows-1251",
  utf8: "utf-8",
  "utf-8-sig": "utf-8",
  mac_roman: "macintosh",
};

/** The text of a Python file, or why it has none, and in which line (from 1). */
export type Decoded = { text: string } | { text: null; why: string; line: number };

/** Reads a Python file's bytes in the encoding that it says it has, else in UTF-8. */
export function decodeSource(bytes: Buffer): Decoded {
  const encoding = encodingOf(bytes);
  try {
    return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes) };
  } catch (error) {
    if (error instanceof RangeError)
      return { text: null, why: `Python knows no encoding "${encoding}"`, line: 1 };
    if (encoding !== "utf-8")
      return { text: null, why: `it is not saved as ${encoding}, which its first line says`, line: 1 };
    return { text: null, ...describeBytes(bytes) };
  }
}

/** What the first or second line says, as PEP 263 has it; else UTF-8. */
function encodingOf(bytes: Buffer): string {
  const start = bytes
    .subarray(0, 1024)
    .toString("latin1")
    .split(/\r\n?|\n/);
  for (const line of start.slice(0, 2)) {
    const [, named] =
      /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/.exec(line.replace(/^\u00EF\u00BB\u00BF/, "")) ?? [];
    if (named !== undefined) return ENCODINGS[named.toLowerCase()] ?? named.toLowerCase();
    // What is no comment ends the search.
    if (!/^[ \t\f]*(?:#.*)?$/.test(line)) break;
  }
  return "utf-8";
}

/** The first byte that is no UTF-8, and what Windows means by it. */
function describeBytes(bytes: Buffer): { why: string; line: number } {
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  const good = text.slice(0, text.indexOf("\uFFFD"));
  const byte = bytes.subarray(Buffer.byteLength(good)).subarray(0, 1);
  const shown = new TextDecoder("windows-1252").decode(byte);
  return {
    why: `it is not saved as UTF-8: byte 0x${byte.toString("hex")}, which Windows (cp1252) writes for ${shown}`,
    line: good.split("\n").length,
  };
}
