import { readFileSync } from "node:fs";

const types = new URL("../../../dist/types/queue/hot-queue.d.ts", import.meta.url);

/** Why the reliable mode cannot be measured, or undefined where the library has it. */
export const noReliableMode = /^\s+reliable\??:/m.test(readFileSync(types, "utf8"))
  ? undefined
  : "HotQueue has no option `reliable`";
