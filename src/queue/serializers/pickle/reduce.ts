import { PythonObject } from "../../values/python-object.js";
import { SerializationError } from "../serializer.js";

/** The names that Python 2 had for modules, which protocols 0 to 2 still use. */
const MODULES: Readonly<Record<string, string>> = { __builtin__: "builtins", copy_reg: "copyreg" };

export function nameGlobal(module: string, name: string): PythonObject {
  return new PythonObject(MODULES[module] ?? module, name);
}

/** Bytes that calls may still make; see `reduce`. */
export interface Budget {
  bytes: number;
}

/**
 * What a call of `callable` would give. Nothing is called: for the few callables by which Python pickles plain
 * data in old protocols the data is made here, everything else is what the callable's name says it is. The
 * same text can be an argument again and again, so what is made of it has a budget.
 */
export function reduce(callable: unknown, args: unknown, budget: Budget): unknown {
  if (!(callable instanceof PythonObject)) throw new SerializationError("it calls what is not a function");
  if (!Array.isArray(args)) throw new SerializationError("it calls a function without a tuple of arguments");
  const [first, second] = args as unknown[];
  switch (`${callable.module}.${callable.name}`) {
    case "builtins.set":
    case "builtins.frozenset":
      if (args.length === 0) return [];
      if (Array.isArray(first)) return first;
      break;
    case "_codecs.encode":
      if (typeof first === "string" && second === "latin1") return encodeLatin1(first, budget);
      break;
    case "builtins.bytes":
    case "builtins.bytearray":
      if (args.length === 0) return new Uint8Array();
      if (first instanceof Uint8Array) return first;
      if (typeof first === "string" && second === "latin-1") return encodeLatin1(first, budget);
      break;
    case "copyreg._reconstructor":
    case "copyreg.__newobj__":
      if (first instanceof PythonObject) return instantiate(first);
      break;
  }
  return instantiate(callable);
}

/** What an instance of this class is shown as. */
export function instantiate(type: unknown): PythonObject {
  if (!(type instanceof PythonObject))
    throw new SerializationError("it makes an instance of what is not a class");
  return new PythonObject(type.module, type.name);
}

function encodeLatin1(text: string, budget: Budget): unknown {
  budget.bytes -= text.length;
  if (budget.bytes < 0) throw new SerializationError("it makes more bytes than it could say");
  const bytes = Buffer.from(text, "latin1");
  if (bytes.toString("latin1") !== text) throw new SerializationError("it has characters that latin1 lacks");
  return new Uint8Array(bytes);
}
