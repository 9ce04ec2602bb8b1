import { json } from "./json.js";
import { pickle } from "./pickle.js";
import { type Serializer } from "./serializer.js";
import { text } from "./text.js";

/** The serializers that are known by name. */
export const serializers = { pickle, json, text } satisfies Record<string, Serializer>;

export type SerializerName = keyof typeof serializers;
