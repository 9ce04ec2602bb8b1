import { type RedisClient } from "../../queue/client.js";

/** A connection as CLIENT LIST has it. */
export interface ConnectedClient {
  /** Its address, such as 172.18.0.3:41234. */
  address: string;
  name: string;
  db: number;
  /** The last command, in upper case. */
  command: string;
  /** It waits in a blocking command. */
  blocked: boolean;
  /** Seconds since it connected. */
  age: number;
}

export async function listClients(client: RedisClient): Promise<ConnectedClient[]> {
  const text = String(await client.callBuffer("CLIENT", "LIST"));
  return text
    .split("\n")
    .filter(Boolean)
    .map((line) => {
      const fields = new Map(
        line.split(" ").map((field): [string, string] => {
          const equals = field.indexOf("=");
          return [field.slice(0, equals), field.slice(equals + 1)];
        }),
      );
      return {
        address: fields.get("addr") ?? "",
        name: fields.get("name") ?? "",
        db: Number(fields.get("db")),
        command: (fields.get("cmd") ?? "").toUpperCase(),
        blocked: (fields.get("flags") ?? "").includes("b"),
        age: Number(fields.get("age")),
      };
    });
}
