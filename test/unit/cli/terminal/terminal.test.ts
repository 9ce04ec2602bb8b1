import { PassThrough, Readable, Writable } from "node:stream";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { escapeControls } from "../../../../src/cli/terminal/escape.js";
import { readLines } from "../../../../src/cli/terminal/lines.js";
import { StandardError } from "../../../../src/cli/terminal/standard-error.js";
import { ClosedPipeError, Output } from "../../../../src/cli/terminal/output.js";

async function lines(...chunks: (Buffer | string)[]): Promise<string[]> {
  const all: string[] = [];
  const stream = Readable.from(chunks.map((chunk) => Buffer.from(chunk)));
  for await (const some of readLines(stream)) all.push(...some);
  return all;
}

describe("readLines", () => {
  it("ends a line at LF or CRLF, keeps empty ones, and gives a last one without an end", async () => {
    expect(await lines("a\r\n\n\r\nb\rc\nlast")).toEqual(["a", "", "", "b\rc", "last"]);
    expect(await lines("a\n")).toEqual(["a"]);
    expect(await lines()).toEqual([]);
    expect(await lines("\n")).toEqual([""]);
  });

  it("gives the same lines however the bytes are cut into chunks", async () => {
    const text = fc.array(fc.constantFrom("a", "ü", "🧠", "\n", "\r\n", ""), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(text, fc.array(fc.nat(60), { maxLength: 5 }), async (parts, cuts) => {
        const bytes = Buffer.from(parts.join(""));
        const places = [0, ...cuts.filter((cut) => cut < bytes.length).sort((a, b) => a - b), bytes.length];
        const chunks = places.slice(1).map((end, index) => bytes.subarray(places[index], end));
        expect(await lines(...chunks)).toEqual(await lines(bytes));
      }),
    );
  });

  it("leaves out a byte order mark, however it is cut, and only at the beginning", async () => {
    const bytes = Buffer.from("\ufeffa\n\ufeffb");
    const single = Array.from(bytes, (byte) => Buffer.of(byte));
    for (const chunks of [[bytes], single]) expect(await lines(...chunks)).toEqual(["a", "\ufeffb"]);
    expect(await lines(Buffer.of(0xef, 0xbb, 0xbf))).toEqual([]);
  });

  it("waits for nothing more where a first line has come", async () => {
    const stream = new PassThrough();
    stream.write("a\n");
    const reading = readLines(stream);
    expect((await reading.next()).value).toEqual(["a"]);
    stream.end();
    expect((await reading.next()).done).toBe(true);
  });

  it("names UTF-16", async () => {
    const little = Buffer.from("\ufeffa\n", "utf16le");
    for (const bytes of [little, Buffer.from(little).swap16()]) {
      await expect(lines(bytes)).rejects.toThrow("standard input is UTF-16 text");
      await expect(lines(...Array.from(bytes, (byte) => Buffer.of(byte)))).rejects.toThrow("UTF-16");
    }
  });

  it("names the line that is not UTF-8, after those before it", async () => {
    const seen: string[] = [];
    const read = async () => {
      const bytes = Buffer.from("one\ntwo\nb\xffd\nfour\n", "latin1");
      for await (const some of readLines(Readable.from([bytes.subarray(0, 2), bytes.subarray(2)])))
        seen.push(...some);
    };
    await expect(read()).rejects.toThrow("line 3 of standard input is not UTF-8");
    expect(seen).toEqual(["one", "two"]);
  });
});

describe("escapeControls", () => {
  it("leaves text alone, and writes what could move the cursor or turn the text", () => {
    expect(escapeControls("schöne 日本 🧠 “quotes”")).toBe("schöne 日本 🧠 “quotes”");
    expect(escapeControls("\u001b]0;title\u0007\u009b2J\r\n\t\u007f\0")).toBe(
      String.raw`\x1b]0;title\x07\x9b2J\r\n\t\x7f\x00`,
    );
    expect(escapeControls("\u202eabc\u2028\ud800")).toBe(String.raw`\u202eabc\u2028\ud800`);
  });

  it("leaves no control character in any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(escapeControls(text)).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Bidi_Control}]/u);
      }),
    );
  });
});

describe("Output", () => {
  const failing = (code: string) =>
    new Writable({
      write: (_chunk, _encoding, done) => {
        done(Object.assign(new Error(code), { code }));
      },
    });

  it("tells a reader that has gone from a disk that is full", async () => {
    await expect(new Output(failing("EPIPE"), false).line("x")).rejects.toBeInstanceOf(ClosedPipeError);
    await expect(new Output(failing("ENOSPC"), false).line("x")).rejects.toMatchObject({
      code: "output-not-written",
      exitCode: 3,
    });
  });
});

describe("StandardError", () => {
  const notes = (options: Partial<ConstructorParameters<typeof StandardError>[1]>) => {
    const stream = new PassThrough();
    const all = { isTerminal: true, plain: false, quiet: false, ...options };
    return { notes: new StandardError(() => stream, all), said: () => String(stream.read() ?? "") };
  };

  it("escapes what it is given, line by line", () => {
    const { notes: some, said } = notes({});
    some.say("one\ntwo\u001b[2J");
    expect(said()).toBe("one\ntwo\\x1b[2J\n");
  });

  it("is silent with --quiet, but for errors", () => {
    const { notes: some, said } = notes({ quiet: true });
    some.say("advice");
    some.always("error");
    expect(said()).toBe("error\n");
  });
});
