/**
 * What ended a command, by whose doing: 1 the outcome is "no" (nothing found, cannot be read), 2 the command
 * line is wrong, 3 this machine is in the way, 70 a bug in tq.
 */
export type FailureExit = 1 | 2 | 3 | 70;

export interface TqErrorOptions {
  /** A stable, kebab-case name for this kind of failure, such as `port-taken`. */
  code: string;
  exitCode: FailureExit;
  /** The next step for the person at the terminal: one or more whole lines. */
  hint?: string | undefined;
  cause?: unknown;
}

/** The one error that tq shows to people; anything else that reaches `main` is a bug in tq. */
export class TqError extends Error {
  override readonly name = "TqError";
  readonly code: string;
  readonly exitCode: FailureExit;
  readonly hint: string | undefined;

  constructor(message: string, { code, exitCode, hint, cause }: TqErrorOptions) {
    super(message, { cause });
    this.code = code;
    this.exitCode = exitCode;
    this.hint = hint;
  }
}
