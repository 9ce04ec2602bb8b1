import { type CheckResult, type Verification, type Watching } from "../../../course/session.js";
import { type Step } from "../../../course/exercise.js";
import { readProgress, updateProgress } from "../../../course/progress.js";
import { formatCard } from "../../../report/text.js";
import { wrapLines } from "../../../report/wrap.js";
import { shellCommand } from "../../../text/shell-word.js";
import { type Keys, CTRL_C } from "../../terminal/keys.js";
import { ask } from "../../terminal/ask.js";
import { lookFor } from "../../terminal/look.js";
import { StatusLine } from "../../terminal/status-line.js";
import { type Job } from "./job.js";
import { showNextHint } from "./show-hint.js";
import { showSolution } from "./solution.js";

/** How the walk ended. */
export type Leave = "done" | "quit" | "stopped";

/** How one step ended. */
type Outcome = "passed" | "skip" | "back" | "quit" | "stopped";

const KEYS = "h hint  s solution  n next  b back  q quit";

function keysFor({ compose }: Step): string {
  return compose ? `r run ${compose.join(" ")}  ${KEYS}` : KEYS;
}

/** The steps of one exercise, one at a time, on a terminal. */
export class Walk {
  private readonly status: StatusLine;

  constructor(
    private readonly job: Job,
    private readonly watching: Watching,
    private readonly keys: Keys,
  ) {
    const { context } = job;
    this.status = new StatusLine(context.out, context.settings.plain);
  }

  /** The lesson, a section at a time. Returns how it was left, null where it was read to the end. */
  async readLesson(lesson: string): Promise<Leave | null> {
    const [title = "", first = "", ...rest] = lesson.trimEnd().split(/\n(?=## )/);
    const sections = [`${title}\n${first}`, ...rest];
    for (const section of sections) {
      await this.say(`${section.trimEnd()}\n`);
      this.status.show("Enter goes on  q quits");
      const key = await this.key();
      this.status.clear();
      if (key === "q") return "quit";
      if (key === CTRL_C) return "stopped";
    }
    return null;
  }

  async welcomeBack(): Promise<null> {
    const { exercise } = this.job.loaded;
    const { passed } = readProgress(this.job.context.home, exercise.slug);
    const done = exercise.steps.filter(({ id }) => id in passed).length;
    await this.say(
      `${exercise.title}: you have done ${done} of ${exercise.steps.length} steps, and go on where you were.\nThe lesson again: ${this.job.command} --lesson\n`,
    );
    return null;
  }

  async doSteps(): Promise<Leave> {
    const { exercise } = this.job.loaded;
    const { steps, slug } = exercise;
    const { home } = this.job.context;
    // Whoever is told that it waits may do in that moment what is seen in that moment alone.
    await this.watching.begin();
    const at = readProgress(home, slug).at;
    let index = Math.max(
      steps.findIndex(({ id }) => id === at),
      0,
    );
    let cameBack = false;
    for (let step = steps[index]; step; step = steps[index]) {
      const { id } = step;
      updateProgress(home, slug, (progress) => {
        progress.at = id;
      });
      const outcome = await this.waitForStep(step, index, cameBack);
      cameBack = outcome === "back";
      if (outcome === "quit") {
        await this.say(`Until later. It goes on here: ${this.job.command}`);
        return "quit";
      }
      if (outcome === "stopped") {
        this.status.clear();
        return "stopped";
      }
      if (outcome === "skip") {
        updateProgress(home, slug, (progress) => {
          if (!(id in progress.passed) && !progress.skipped.includes(id)) progress.skipped.push(id);
        });
      }
      index = Math.max(index + (outcome === "back" ? -1 : 1), 0);
    }
    await this.conclude();
    return "done";
  }

  /** A step that is done is passed over, unless somebody came back to it. */
  private async waitForStep(step: Step, index: number, cameBack: boolean): Promise<Outcome> {
    const { context, loaded } = this.job;
    const { steps } = loaded.exercise;
    await this.show(
      `\n${lookFor(context).paint("bold", `${step.id}  ${step.title}`)}  (step ${index + 1} of ${steps.length})\n`,
    );
    await this.askQuestion(step);
    await this.say(`${step.task(this.watching.place)}\n`);
    let saidLast = "";
    let seenLast = "";
    for (;;) {
      this.status.show(`${cameBack ? "looking back" : "waiting for you"}: ${keysFor(step)}`);
      const verification = await this.watching.check();
      const result = verification.checks.find(({ id }) => id === step.id);
      if (result?.verdict === "passed" && !cameBack) {
        // The terminal may have another width by now.
        await this.show(formatCard(result, verification.checks, lookFor(context)));
        return "passed";
      }
      const finding = this.describeFinding(verification, step);
      // What is gone at the second look was on its way: containers that start or stop one after the other.
      if (finding === seenLast && finding !== saidLast) {
        if (finding !== "") await this.show(finding);
        saidLast = finding;
      }
      seenLast = finding;
      const outcome = await this.handleKeys(step, result);
      if (outcome) return outcome;
      await this.watching.change();
    }
  }

  /** What is said unasked: a mistake that is recognised, and a machine that is in the way. */
  private describeFinding({ checks }: Verification, step: Step): string {
    const wanted = new Set([step.id, ...step.needs]);
    const found = checks.find(
      ({ id, cause, blockedBy, verdict }) =>
        wanted.has(id) && (cause !== undefined || blockedBy === "environment" || verdict === "error"),
    );
    return found ? formatCard(found, [], lookFor(this.job.context)) : "";
  }

  private async handleKeys(step: Step, result: CheckResult | undefined): Promise<Outcome | null> {
    if (this.job.context.signal.aborted) return "stopped";
    for (let key = this.keys.take(); key !== undefined; key = this.keys.take()) {
      switch (key.toLowerCase()) {
        case "h":
          await showNextHint(this.job, step.id, result, (text) => this.say(text));
          break;
        case "s":
          await this.showSolution();
          break;
        case "r":
          await this.runCommand(step);
          break;
        case "n":
          return "skip";
        case "b":
          return "back";
        case "q":
          return "quit";
        case CTRL_C:
          return "stopped";
        case "":
          break;
        default:
          await this.say(`The keys: ${keysFor(step)}`);
      }
    }
    return null;
  }

  /** A question before the step, until it is answered right or left out. */
  private async askQuestion(step: Step): Promise<void> {
    const { context, loaded } = this.job;
    const { questions = [], slug } = loaded.exercise;
    const question = questions.find(({ before }) => before === step.id);
    if (!question || readProgress(context.home, slug).answered.includes(step.id)) return;
    this.keys.pause();
    try {
      for (;;) {
        const answer = (await ask(question.ask, context)).trim();
        if (answer === "") return;
        const { right, says } = await question.judge(answer, await this.watching.probes());
        await this.say(`${right ? "Right." : "Not yet."} ${says}\n`);
        if (!right) continue;
        updateProgress(context.home, slug, (progress) => {
          progress.answered.push(step.id);
        });
        return;
      }
    } finally {
      this.keys.resume();
    }
  }

  /** Does the step's command for the student, in their folder; what it prints is shown as it comes. */
  private async runCommand({ compose }: Step): Promise<void> {
    if (!compose) return;
    await this.say(shellCommand("docker", "compose", ...compose));
    const probes = await this.watching.probes();
    const code = await probes.compose.run(compose);
    if (code === null) await this.say("There is no Compose on this machine. See: tq doctor");
    else if (code !== 0) await this.say(`It ended with exit code ${code}.`);
  }

  private async showSolution(): Promise<void> {
    // Which of several may be asked.
    this.keys.pause();
    try {
      await showSolution(this.job, (text) => this.say(text));
    } finally {
      this.keys.resume();
    }
  }

  private async conclude(): Promise<void> {
    const { steps, slug, title } = this.job.loaded.exercise;
    const { passed } = readProgress(this.job.context.home, slug);
    const open = steps.filter(({ id }) => !(id in passed)).map(({ id }) => id);
    await this.say(
      open.length === 0
        ? `\n${title}: done, all ${steps.length} steps. The list: tq exercise`
        : `\nThat was the last step. Still open: ${open.join(", ")}. Again: ${this.job.command}`,
    );
  }

  private async key(): Promise<string> {
    for (;;) {
      if (this.job.context.signal.aborted) return CTRL_C;
      const key = this.keys.take();
      if (key !== undefined) return key;
      await this.watching.wait();
    }
  }

  private async say(text: string): Promise<void> {
    this.status.clear();
    const { out } = this.job.context;
    await out.tell(text);
  }

  /** As `say`, for what has colours in it and was cleaned where it was made. */
  private async show(text: string): Promise<void> {
    this.status.clear();
    const { out } = this.job.context;
    await out.styled(wrapLines(text, out.columns));
  }
}
