import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { once } from "../../../lab/once.js";
import { type Trial } from "../cluster/trial.js";

/** What a program in a debug pod answered. */
export type InPod<T> = ({ error: string; restarted: boolean } | ({ error?: undefined } & T)) & {
  pod: string;
};

/** Seconds that a call has beside those that its program may wait. */
const OVERHEAD = 30;

/** What kubectl exec says where the container is not there any more, or ends with the program in it. */
const ENDED = /container not found|terminated with exit code (?:137|143)/;

/** Runs `in_pod.py` in the pods of a trial. */
export class PodRunner {
  private readonly program: () => Promise<string>;

  constructor(
    private readonly trial: Trial,
    assets: string,
    /** Redis' own, which goes in with the program; null where it has none. */
    private readonly password: () => Promise<string | null>,
  ) {
    this.program = once(() => readFile(join(assets, "python", "in_pod.py"), "utf8"));
  }

  /** `seconds`: what the program waits at most. Where it fails, `restarted` says whether its container ended meanwhile. */
  async run<T>(pod: string, words: readonly (string | number)[], seconds: number): Promise<InPod<T>> {
    const before = await this.trial.restartsOf(pod);
    const password = await this.password();
    const program = (await this.program()).replace(
      "PASSWORD = None",
      () => `PASSWORD = ${password === null ? "None" : JSON.stringify(password)}`,
    );
    const answer = (await this.trial.runPython(pod, program, words.map(String), seconds + OVERHEAD)) as
      { error: string } | T;
    if (typeof answer !== "object" || answer === null || !("error" in answer)) return { ...answer, pod };
    const after = await this.trial.restartsOf(pod);
    const restarted = ENDED.test(answer.error) || after === null || after !== before;
    return { error: answer.error, pod, restarted };
  }
}
