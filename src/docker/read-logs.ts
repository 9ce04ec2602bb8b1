import { type Docker } from "./docker.js";

/** The last lines that a container has printed, on either of its outputs. */
export async function readLogs(docker: Docker, id: string, lines: number): Promise<string[]> {
  const bytes = await docker.ask((client) =>
    client.getContainer(id).logs({ stdout: true, stderr: true, tail: lines }),
  );
  return withoutFrames(bytes)
    .split("\n")
    .map((line) => line.trimEnd())
    .filter(Boolean);
}

/** Without a terminal each part has a head of eight bytes: the stream, and the length in the last four. */
function withoutFrames(bytes: Buffer): string {
  const parts: Buffer[] = [];
  for (let at = 0; at + 8 <= bytes.length;) {
    if ((bytes[at] ?? 9) > 2) return bytes.toString("utf8");
    const end = at + 8 + bytes.readUInt32BE(at + 4);
    parts.push(bytes.subarray(at + 8, end));
    at = end;
  }
  return Buffer.concat(parts).toString("utf8");
}
