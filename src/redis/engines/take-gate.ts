import type * as Core from "js-redis-server/core";

type Options = NonNullable<Parameters<typeof Core.createRedisCommandExecutor>[0]>;
type ExecutionPolicy = NonNullable<Options["policies"]>[number];

const TAKES = /^B?(?:LPOP|RPOP|LMOVE|LMPOP|RPOPLPUSH)$/i;

/**
 * While it is closed, nobody takes anything from a list: who asks is served when it is open again. Who asked before
 * and waits is served all the same.
 */
export class TakeGate {
  private shut: { opened: Promise<void>; open: () => void } | null = null;

  /** Stands before what notes commands: they count from when they are done. */
  readonly policy: ExecutionPolicy = {
    name: "tq-take-gate",
    beforeExecute: ({ rawCommand }, { monitor, session, signal, park }) => {
      // A script cannot be held up in its midst; in a transaction nothing is taken before EXEC.
      const isPart = monitor?.clientAddress === "lua" || session.mode === "transaction";
      if (!this.shut || isPart || !TAKES.test(String(rawCommand))) return undefined;
      // Others go on meanwhile; whoever has gone when it opens takes nothing with it.
      return park({ waitFor: this.shut.opened, signal }).then(() => undefined);
    },
  };

  close(): void {
    if (this.shut) return;
    let open = (): void => undefined;
    const opened = new Promise<void>((resolve) => (open = resolve));
    this.shut = { opened, open };
  }

  open(): void {
    this.shut?.open();
    this.shut = null;
  }
}
