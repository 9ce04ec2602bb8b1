import { type CheckResult, type Probes, type Watching } from "../../../course/session.js";
import { type Step } from "../../../course/exercise.js";
import { readProgress, updateProgress } from "../../../course/progress.js";
import { shellCommand } from "../../../text/shell-word.js";
import { type Keys, CTRL_C } from "../../terminal/keys.js";
import { askQuestion, openQuestion } from "./ask-question.js";
import { type Job } from "./job.js";
import { keyLines, keysFor } from "./keys-line.js";
import { showNextHint } from "./show-hint.js";
import { offerSolution } from "./solution.js";
import { StepScreen } from "./step-screen.js";

/** How the walk ended. */
export type Leave = "done" | "quit" | "stopped";

/** How one step ended. */
type Outcome = "passed" | "skip" | "back" | "quit" | "stopped";

/** The steps of one exercise, one at a time, on a terminal. */
export class Walk {
  private readonly screen: StepScreen;

  constructor(
    private readonly job: Job,
    private readonly watching: Watching,
    private readonly keys: Keys,
  ) {
    this.screen = new StepScreen(job.context);
  }

  /** The lesson, a section at a time. Returns how it was left, null where it was read to the end. */
  async readLesson(lesson: string): Promise<Leave | null> {
    const [title = "", first = "", ...rest] = lesson.trimEnd().split(/\n(?=## )/);
    const sections = [`${title}\n${first}`, ...rest];
    for (const section of sections) {
      await this.say(`${section.trimEnd()}\n`);
      const { plain } = this.job.context.settings;
      await this.screen.wait(plain ? "Enter goes on  q and Enter quit" : "Enter goes on  q quits");
      const key = await this.key();
      this.screen.clear();
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
        this.screen.clear();
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
    const heading = `${step.id}  ${step.title}  (step ${index + 1} of ${loaded.exercise.steps.length})`;
    await this.screen.begin(heading);
    const question = openQuestion(step, this.job);
    if (question) {
      const probes = (): Promise<Probes> => this.watching.probes();
      await this.withTerminal(() => askQuestion(question, this.job, probes, (text) => this.say(text)));
    }
    await this.screen.tell(heading, step.task(this.watching.place));
    let seenLast = "";
    for (;;) {
      await this.screen.wait(...keyLines(step, cameBack, context.settings.plain));
      const { checks } = await this.watching.check();
      const result = checks.find(({ id }) => id === step.id);
      if (result?.verdict === "passed" && !cameBack) {
        await this.screen.showCheck(result, checks);
        return "passed";
      }
      const finding = findNews(checks, step);
      const seen = JSON.stringify(finding && [finding.id, finding.observed, finding.cause]);
      // What is gone at the second look was on its way: containers that start or stop one after the other.
      if (finding && seen === seenLast) await this.screen.showCheck(finding, []);
      seenLast = seen;
      const outcome = await this.handleKeys(step, result);
      if (outcome) return outcome;
      await this.watching.change();
    }
  }

  private async handleKeys(step: Step, result: CheckResult | undefined): Promise<Outcome | null> {
    if (this.job.context.signal.aborted) return "stopped";
    for (let key = this.keys.take(); key !== undefined; key = this.keys.take()) {
      switch (key.toLowerCase()) {
        case "h":
          await showNextHint(this.job, step.id, result, (text) => this.say(text));
          break;
        case "s":
          await this.withTerminal(() => offerSolution(this.job, step.id, (text) => this.screen.print(text)));
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

  /** Does the step's command for the student, in their folder; what it prints is shown as it comes. */
  private async runCommand({ compose }: Step): Promise<void> {
    if (!compose) return;
    await this.say(shellCommand("docker", "compose", ...compose));
    const probes = await this.watching.probes();
    const code = await probes.compose.run(compose);
    if (code === null) await this.say("There is no Compose on this machine. See: tq doctor");
    else if (code !== 0) await this.say(`It ended with exit code ${code}.`);
  }

  /** While something else asks on the terminal. */
  private async withTerminal(work: () => Promise<void>): Promise<void> {
    this.keys.pause();
    this.screen.clear();
    try {
      await work();
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

  private say(text: string): Promise<void> {
    return this.screen.say(text);
  }
}

/** What is said unasked: a mistake that is recognised, and a machine that is in the way. */
function findNews(checks: readonly CheckResult[], step: Step): CheckResult | undefined {
  const wanted = new Set([step.id, ...step.needs]);
  return checks.find(
    ({ id, cause, blockedBy, verdict }) =>
      wanted.has(id) && (cause !== undefined || blockedBy === "environment" || verdict === "error"),
  );
}
