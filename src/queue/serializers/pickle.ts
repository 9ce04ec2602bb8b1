import { decodePickle } from "./pickle/decode.js";
import { encodePickle } from "./pickle/encode.js";
import { type Serializer } from "./serializer.js";

/** Python's own format, HotQueue's default: written in protocol 4, read in 0 to 5. */
export const pickle: Serializer = { name: "pickle", encode: encodePickle, decode: decodePickle };
