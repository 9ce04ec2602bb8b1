import { describe, expect, it } from "vitest";
import { serializers } from "../../../../../src/queue/serializers/index.js";
import { SerializationError } from "../../../../../src/queue/serializers/serializer.js";
import { describeValue } from "../../../../../src/queue/values/value-form.js";
import { PythonObject } from "../../../../../src/queue/values/python-object.js";

const { pickle } = serializers;
const load = (text: string) => pickle.decode(Buffer.from(text, "latin1"));

describe("a hostile pickle", () => {
  it.each([
    ["is empty", "", "does not begin"],
    ["is plain text", "hello", "does not begin"],
    ["has no end", "\x80\x04]\x94", "ends too soon"],
    ["claims 4 GB of text", "\x80\x04X\xff\xff\xff\xff.", "ends too soon"],
    ["claims 16 EB of bytes", "\x80\x04\x8e\xff\xff\xff\xff\xff\xff\xff\xff.", "ends too soon"],
    ["claims less than nothing", "NT\xff\xff\xff\xff.", "ends too soon"],
    ["has an integer of 2 GB", "N\x8b\xff\xff\xff\x7f.", "longer than 4096 bytes"],
    ["has a decimal integer of a million digits", `NL${"9".repeat(1e6)}L\n.`, "too many"],
    ["takes from an empty stack", "0.", "does not begin"],
    ["takes from below a mark", "N(\x85.", "takes more than there is"],
    ["goes back to no mark", "Nt.", "a mark that is not there"],
    ["refers to what did not come", "Nh\x05.", "part 5, which did not come"],
    ["appends to a number", "K\x01Na.", "appends to what is not a list"],
    ["has a key without a value", "}(Nu.", "a key without a value"],
    ["calls a number", "K\x01)R.", "calls what is not a function"],
    ["makes an instance of a number", "K\x01)\x81.", "not a class"],
    ["refers to a persistent id", "NQ.", "persistent id"],
    ["refers to a buffer beside it", "\x80\x05\x97.", "sent beside it"],
    ["is of protocol 6", "N\x80\x06.", "newer than 5"],
    ["has text that is not UTF-8", "NX\x01\x00\x00\x00\xff.", "not UTF-8"],
  ])("that %s is refused", (_, text, reason) => {
    expect(() => load(text)).toThrow(SerializationError);
    expect(() => load(text)).toThrow(reason);
  });

  it("cannot set a prototype", () => {
    const value = load("}X\x09\x00\x00\x00__proto__}X\x01\x00\x00\x00aK\x01ss.") as Record<string, unknown>;
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(Object.keys(value)).toEqual(["__proto__"]);
    expect(value["a"]).toBeUndefined();
    expect(({} as Record<string, unknown>)["a"]).toBeUndefined();
  });

  it("that puts at index 4294967295 takes no memory for it", () => {
    expect(load("K\x01r\xff\xff\xff\xff0j\xff\xff\xff\xff.")).toBe(1);
  });

  it("cannot make many bytes of few", () => {
    const text = "x".repeat(30_000);
    const again = "h\x00h\x01h\x02\x86R0".repeat(20_000);
    const input = `c_codecs\nencode\nq\x000X\x30\x75\x00\x00${text}q\x010X\x06\x00\x00\x00latin1q\x020${again}N.`;
    expect(() => load(input)).toThrow("more bytes than it could say");
  });

  it.each([
    ["backslashes", `NV${"\\\\".repeat(1e6)}\n.`, null],
    ["a float that is none", `NF${"1".repeat(1e6)}x\n.`, "other characters than Python writes"],
    ["halves of surrogate pairs", `NX\xc0\xc6\x2d\x00${"\xed\xa0\x80".repeat(1e6)}.`, null],
    ["what begins as such halves do", `NX\x40\x42\x0f\x00${"\xed".repeat(1e6)}.`, "not UTF-8"],
    ["memo entries, beyond what a Map takes", `N${"\x94".repeat(17e6)}.`, "more than 4194304 parts"],
    ["dicts", `(${"}".repeat(17e6)}t.`, "more than 4194304 parts"],
  ])("with millions of %s takes seconds at most", { timeout: 60_000 }, (_, text, reason) => {
    const since = performance.now();
    if (reason === null) load(text);
    else expect(() => load(text)).toThrow(reason);
    expect(performance.now() - since).toBeLessThan(15_000);
  });

  it("cannot make bytes of text that is wider than latin1", () => {
    expect(() => load("c_codecs\nencode\n(V\\u1234\nVlatin1\ntR.")).toThrow("latin1 lacks");
  });

  it("that refers to one large integer again and again is refused when it is to be shown", () => {
    const value = load(`(\x8b\x00\x10\x00\x00${"w".repeat(4096)}q\x00${"h\x00".repeat(50_000)}t.`);
    const since = performance.now();
    expect(() => describeValue(value)).toThrow("more text than can be shown");
    expect(performance.now() - since).toBeLessThan(5000);
  });

  it("that doubles a list forty times is read, and refused only when it is to be shown", () => {
    const value = load(`]K\x01a${"q\x000](h\x00h\x00e".repeat(40)}.`);
    expect(value).toHaveLength(2);
    const since = performance.now();
    expect(() => describeValue(value)).toThrow("more text than can be shown");
    expect(performance.now() - since).toBeLessThan(15_000);
  });

  it("nested a hundred thousand levels deep is read, and refused when it is to be shown", () => {
    const value = load(`${"(".repeat(100_000)}${"t".repeat(100_000)}.`);
    expect(() => describeValue(value)).toThrow("nested deeper than 1000 levels");
  });

  it("runs nothing: what it names is only named", () => {
    const value = load("cos\nsystem\n(S'exit 1'\ntR.");
    expect(value).toBeInstanceOf(PythonObject);
    expect(String(value)).toBe("<os.system …>");
    expect(String(load("(S'x'\nios\nsystem\n."))).toBe("<os.system …>");
    expect(String(load("(cos\nsystem\nS'x'\no."))).toBe("<os.system …>");
    expect(String(load("\x80\x02cos\nsystem\n)\x81}b."))).toBe("<os.system …>");
  });
});
