/** What engines need to know of the machine and the user. */
export interface EngineSurroundings {
  env: Readonly<Record<string, string | undefined>>;
  platform: NodeJS.Platform;
  homeFolder: string;
  /** The user's and group's number; undefined where the system has none. */
  uid: number | undefined;
  gid: number | undefined;
  /** The command that runs tq again: Node and tq's own file. */
  self: readonly [node: string, script: string];
}
