import { PythonObject } from "../../values/python-object.js";
import { SerializationError } from "../serializer.js";
import { ByteReader } from "./byte-reader.js";
import { Containers, DictBuilder } from "./containers.js";
import { decodeDecimal } from "./integers.js";
import { MOST_OPCODES, Op } from "./opcodes.js";
import { type Budget, instantiate, nameGlobal, reduce } from "./reduce.js";
import { readScalar } from "./scalars.js";

const NEWEST_PROTOCOL = 5;

/** An opcode that puts nothing on the stack. */
const NOTHING = Symbol("nothing");

/**
 * The value of a pickle of protocols 0 to 5, as far as it is plain data. Nothing that it names is imported, built
 * or run; that becomes a `PythonObject`. Time and memory are in proportion to the input, and have an end. Throws
 * `SerializationError`.
 */
export function decodePickle(bytes: Uint8Array): unknown {
  return new Unpickler(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)).load();
}

/** Python's pickle machine: a stack with marks, and a memo. */
class Unpickler {
  private readonly input: ByteReader;
  private readonly stack: unknown[] = [];
  private readonly marks: number[] = [];
  private readonly memo = new Map<number, unknown>();
  private readonly containers = new Containers();
  private readonly budget: Budget;

  constructor(buffer: Buffer) {
    this.input = new ByteReader(buffer);
    this.budget = { bytes: buffer.length };
  }

  load(): unknown {
    let at = 0;
    try {
      for (let count = 0; count < MOST_OPCODES; count += 1) {
        at = this.input.at;
        const op = this.input.byte();
        if (op === Op.STOP) return this.containers.finish(this.pop());
        const value = this.execute(op);
        if (value !== NOTHING) this.stack.push(value);
      }
      throw new SerializationError(`it has more than ${MOST_OPCODES} parts`);
    } catch (error) {
      if (!(error instanceof SerializationError)) throw error;
      const reason = at === 0 ? "it does not begin as a pickle does" : `${error.message} (at byte ${at})`;
      throw new SerializationError(reason);
    }
  }

  /** Does what an opcode says, and returns what it puts on the stack. */
  private execute(op: number): unknown {
    const { input, containers } = this;
    switch (op) {
      case Op.PROTO:
        if (input.byte() > NEWEST_PROTOCOL) throw new SerializationError("its protocol is newer than 5");
        return NOTHING;
      case Op.FRAME:
        input.uint64(); // frames are for those who read piece by piece
        return NOTHING;
      case Op.EMPTY_LIST:
      case Op.EMPTY_TUPLE:
      case Op.EMPTY_SET:
        return containers.list();
      case Op.LIST:
      case Op.TUPLE:
      case Op.FROZENSET:
        return containers.list(this.popToMark());
      case Op.TUPLE1:
      case Op.TUPLE2:
      case Op.TUPLE3:
        return containers.list(this.popMany(op - Op.TUPLE1 + 1));
      case Op.EMPTY_DICT:
        return containers.dict();
      case Op.DICT:
        return addItems(containers.dict(), this.popToMark());
      case Op.APPEND:
        return this.append(this.popMany(1));
      case Op.APPENDS:
      case Op.ADDITEMS:
        return this.append(this.popToMark());
      case Op.SETITEM:
        return this.setItems(this.popMany(2));
      case Op.SETITEMS:
        return this.setItems(this.popToMark());
      case Op.MARK:
        this.marks.push(this.stack.length);
        return NOTHING;
      case Op.POP:
        // Where nothing is above a mark it takes the mark, as in Python.
        if (this.stack.length === this.marks.at(-1)) this.marks.pop();
        else this.pop();
        return NOTHING;
      case Op.POP_MARK:
        this.popToMark();
        return NOTHING;
      case Op.DUP:
        return this.top();
      case Op.PUT:
        return this.put(this.indexLine());
      case Op.BINPUT:
        return this.put(input.byte());
      case Op.LONG_BINPUT:
        return this.put(input.uint32());
      case Op.MEMOIZE:
        return this.put(this.memo.size);
      case Op.GET:
        return this.get(this.indexLine());
      case Op.BINGET:
        return this.get(input.byte());
      case Op.LONG_BINGET:
        return this.get(input.uint32());
      default:
        return this.executeForObjects(op);
    }
  }

  /** The opcodes by which Python finds and makes what is not plain data. */
  private executeForObjects(op: number): unknown {
    const { input } = this;
    switch (op) {
      case Op.GLOBAL:
        return this.globalLines();
      case Op.STACK_GLOBAL: {
        const [module, name] = this.popMany(2);
        if (typeof module === "string" && typeof name === "string") return nameGlobal(module, name);
        throw new SerializationError("it names something by what is not a name");
      }
      case Op.EXT1:
        return new PythonObject("copyreg", `extension_${input.byte()}`);
      case Op.EXT2:
        return new PythonObject("copyreg", `extension_${input.uint16()}`);
      case Op.EXT4:
        return new PythonObject("copyreg", `extension_${input.int32()}`);
      case Op.REDUCE: {
        const [callable, args] = this.popMany(2);
        return reduce(callable, args, this.budget);
      }
      case Op.NEWOBJ:
        return instantiate(this.popMany(2)[0]);
      case Op.NEWOBJ_EX:
        return instantiate(this.popMany(3)[0]);
      case Op.OBJ:
        return instantiate(this.popToMark()[0]);
      case Op.INST: {
        const type = this.globalLines();
        this.popToMark();
        return type;
      }
      case Op.BUILD:
        this.pop();
        return this.pop();
      case Op.PERSID:
      case Op.BINPERSID:
        throw new SerializationError("it refers to an object that is kept elsewhere (a persistent id)");
      case Op.NEXT_BUFFER:
      case Op.READONLY_BUFFER:
        throw new SerializationError("it refers to a buffer that was sent beside it");
      default:
        return readScalar(op, input);
    }
  }

  private top(): unknown {
    this.need(1);
    return this.stack.at(-1);
  }

  private pop(): unknown {
    this.need(1);
    return this.stack.pop();
  }

  private popMany(count: number): unknown[] {
    this.need(count);
    return this.stack.splice(-count);
  }

  private popToMark(): unknown[] {
    const mark = this.marks.pop();
    if (mark === undefined) throw new SerializationError("it goes back to a mark that is not there");
    return this.stack.splice(mark);
  }

  private need(count: number): void {
    if (this.stack.length - count < (this.marks.at(-1) ?? 0)) {
      throw new SerializationError("it takes more than there is");
    }
  }

  /** What `collections.OrderedDict` and the like are filled with is not shown. */
  private append(items: unknown[]): typeof NOTHING {
    const target = this.top();
    if (Array.isArray(target)) for (const item of items) target.push(item);
    else if (!(target instanceof PythonObject))
      throw new SerializationError("it appends to what is not a list");
    return NOTHING;
  }

  private setItems(items: unknown[]): typeof NOTHING {
    const target = this.top();
    if (target instanceof DictBuilder) addItems(target, items);
    else if (!(target instanceof PythonObject))
      throw new SerializationError("it sets items of what is not a dict");
    return NOTHING;
  }

  private put(index: number): typeof NOTHING {
    this.memo.set(index, this.top());
    return NOTHING;
  }

  private get(index: number): unknown {
    if (!this.memo.has(index)) throw new SerializationError(`it refers to part ${index}, which did not come`);
    return this.memo.get(index);
  }

  private indexLine(): number {
    const index = decodeDecimal(this.input.line().toString("latin1"));
    if (typeof index !== "number" || index < 0)
      throw new SerializationError("it refers to a part by no number");
    return index;
  }

  private globalLines(): PythonObject {
    const [module, name] = [this.input.line(), this.input.line()];
    return nameGlobal(module.toString(), name.toString());
  }
}

function addItems(dict: DictBuilder, items: readonly unknown[]): DictBuilder {
  if (items.length % 2 === 1) throw new SerializationError("a dict has a key without a value");
  for (const item of items) dict.entries.push(item);
  return dict;
}
