import { type Connections } from "../connections.js";
import { type ReliableKeys } from "./keys.js";
import { type ReliableSettings } from "./settings.js";

/** What a consumer in reliable mode needs of its queue. */
export interface Surroundings extends Connections {
  keys: ReliableKeys;
  settings: ReliableSettings;
}
