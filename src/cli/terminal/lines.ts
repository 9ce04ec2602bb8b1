import { constants, isUtf8 } from "node:buffer";
import { TqError } from "../../errors.js";

const LF = 0x0a;
const CR = 0x0d;

/**
 * The lines of a stream, as many at a time as have arrived: one array a chunk, so that nothing waits for more
 * to come and memory stays that of a chunk and the longest line. A line ends at LF or CRLF; what follows the
 * last one is a line too unless it is empty. Throws `TqError` (exit 2) with the line's number where a line is
 * not UTF-8, after the lines before it, or too long for a text (512 MB). A byte order mark is no part of the first line.
 */
export async function* readLines(stream: AsyncIterable<Buffer>): AsyncGenerator<string[], void, undefined> {
  let before = 0; // lines already given
  let rest: Buffer[] = []; // the beginning of a line whose end has not come
  for await (const chunk of withoutMark(stream)) {
    const end = chunk.lastIndexOf(LF);
    if (end < 0) {
      rest.push(chunk);
      continue;
    }
    const whole = Buffer.concat([...rest, chunk.subarray(0, end)]);
    rest = end + 1 < chunk.length ? [chunk.subarray(end + 1)] : [];
    before += yield* decode(whole, before);
  }
  if (rest.length > 0) yield* decode(Buffer.concat(rest), before);
}

/** What editors and shells of Windows put before a text. */
const MARK = Buffer.from([0xef, 0xbb, 0xbf]);
const MARKS_OF_UTF16 = [Buffer.from([0xff, 0xfe]), Buffer.from([0xfe, 0xff])];

/** Waits for no more bytes than it takes to tell. */
async function* withoutMark(stream: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, undefined> {
  let head: Buffer | undefined = Buffer.alloc(0);
  for await (const chunk of stream) {
    if (!head) {
      yield chunk;
      continue;
    }
    head = Buffer.concat([head, chunk]);
    if (MARKS_OF_UTF16.some((mark) => head?.subarray(0, 2).equals(mark))) throw isUtf16();
    if (
      [MARK, ...MARKS_OF_UTF16].some((mark) => head && mark.length > head.length && mark.indexOf(head) === 0)
    )
      continue;
    const rest: Buffer = head.subarray(0, MARK.length).equals(MARK) ? head.subarray(MARK.length) : head;
    head = undefined;
    if (rest.length > 0) yield rest;
  }
  if (head && head.length > 0) yield head;
}

function isUtf16(): TqError {
  return new TqError("standard input is UTF-16 text, and tq reads UTF-8", {
    code: "utf16",
    exitCode: 2,
    hint: "Convert it first:  iconv -f utf-16 -t utf-8 file | tq push\nIn PowerShell:     Get-Content file | tq push   after  $OutputEncoding = [Text.Encoding]::UTF8",
  });
}

/** Gives the block's lines and returns their number. */
function* decode(block: Buffer, before: number): Generator<string[], number, undefined> {
  // Chunks are far smaller: what is so long is one line.
  if (block.length > constants.MAX_STRING_LENGTH) {
    throw new TqError(
      `line ${before + 1} of standard input has ${block.length} bytes, more than a text can`,
      {
        code: "line-too-long",
        exitCode: 2,
        hint: "Each line is a message. Put what is so large into a file, and its name on the queue.",
      },
    );
  }
  if (isUtf8(block)) {
    const lines = split(block.toString());
    yield lines;
    return lines.length;
  }
  const good: string[] = [];
  for (let from = 0; from <= block.length;) {
    const end = block.indexOf(LF, from);
    const line = block.subarray(from, end < 0 ? block.length : end);
    if (!isUtf8(line)) break;
    good.push(...split(line.toString()));
    from += line.length + 1;
  }
  if (good.length > 0) yield good;
  throw new TqError(`line ${before + good.length + 1} of standard input is not UTF-8 text`, {
    code: "not-utf8",
    exitCode: 2,
    hint: "Convert it first, for instance:  iconv -f latin1 -t utf-8 file | tq push",
  });
}

function split(text: string): string[] {
  const lines = text.split("\n");
  if (!text.includes("\r")) return lines;
  return lines.map((line) => (line.charCodeAt(line.length - 1) === CR ? line.slice(0, -1) : line));
}
