import { readFileSync } from "node:fs";

/** One pickle that Python made of a value. */
export interface Vector {
  name: string;
  protocol: number;
  /** The value as Python shows it. */
  repr: string;
  base64: string;
  /** The equal JSON value, where there is one. */
  json?: unknown;
}

export function readVectors(): Vector[] {
  const text = readFileSync(new URL("../../data/pickle-vectors.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { vectors: Vector[] }).vectors;
}
