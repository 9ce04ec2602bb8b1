import { type Connect } from "./client.js";
import { type OnConnection } from "./steady-pop.js";

/** Where the consumers of a queue get their connections. */
export interface Connections {
  /** Opens one of its own, to wait on. */
  connect: Connect;
  /** Gives the one for commands. */
  commands: Connect;
  onConnection: OnConnection;
}
