import { type ExpectStatic, it } from "vitest";
import { describeWith, python } from "../../../support/suite/needs.js";
import { bodyOf } from "./bodies.js";
import { type Form } from "./forms.js";
import { dataPaths, loading, resultPath, statusPath, submission } from "./routes.js";
import { TYPES } from "./sending.js";
import { type Answered, Stage } from "./stage.js";
import { wordsOf } from "./statuses.js";
import { topicOf } from "./topics.js";

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/;
const NOBODY = "00000000-0000-4000-8000-000000000000";

/** Plays the whole life of these programs with plain Python: only one that does all of it is called correct. */
export function describeLives(forms: readonly Form[]): void {
  describeWith(["redis", "python", "web"], "a program of another form does what the four goals ask", () => {
    it.concurrent.for(forms.map((form) => [form.name, form] as const))("%s", async ([, form], { expect }) => {
      await using stage = await Stage.open(form, python());
      const life = new Life(form, stage, expect);
      stage.startApi();
      await life.begins();
      await life.loads();
      await life.refuses();
      const first = await life.submits(0);
      await life.waits(first);
      stage.startWorker();
      const one = await life.does(first);
      const other = await life.does(await life.submits(1));
      expect(one.equals(other), "two jobs that differ have different results").toBe(false);
    });
  });
}

class Life {
  constructor(
    private readonly form: Form,
    private readonly stage: Stage,
    /** Of this test: others run beside it. */
    private readonly expect: ExpectStatic,
  ) {}

  private async get(path: string): Promise<Answered> {
    return await this.ask({ method: "GET", path });
  }

  private async ask(asked: Parameters<Stage["ask"]>[0]): Promise<Answered> {
    const answer = await this.stage.ask(asked);
    if (!answer) throw new Error(`${asked.path} is not answered:\n${this.stage.output}`);
    this.expect(answer.status, `${asked.path}: ${answer.text}\n${this.stage.output}`).toBeLessThan(500);
    return answer;
  }

  async begins(): Promise<void> {
    await this.expect
      .poll(async () => (await this.stage.ask({ method: "GET", path: "/jobs" }))?.status ?? this.stage.output)
      .toBe(200);
  }

  async loads(): Promise<void> {
    const { choices } = this.form;
    if (choices.data === "none") return;
    for (const asked of loading(choices)) this.expect((await this.ask(asked)).status, asked.path).toBe(200);
    const { list, one } = dataPaths(choices);
    const all = JSON.parse((await this.get(list)).text) as unknown[];
    this.expect(all).toHaveLength(topicOf(choices).rows.length);
    const [id] = topicOf(choices).rows[2] ?? [];
    this.expect(all).toContainEqual(JSON.parse((await this.get(one.replace("<one_id>", id ?? ""))).text));
    this.expect((await this.get(one.replace("<one_id>", "none"))).status).toBe(404);
  }

  /** What lacks what the job is about is refused, and makes none. */
  async refuses(): Promise<void> {
    const asked = submission(this.form.choices, 0);
    const { fields } = bodyOf(this.form.choices);
    const empty = asked.json !== undefined ? { json: {} } : asked.form ? { form: { none: "" } } : {};
    const path =
      this.form.choices.job === "/jobs/request/<word>" ? "/jobs/request/0" : asked.path.replace(/\?.*/, "");
    // Where all has a usual value, there is nothing to lack.
    this.expect(fields.some(({ usual }) => usual === undefined)).toBe(true);
    const { status } = await this.ask({ method: "POST", path, ...empty });
    this.expect(status).toBeGreaterThanOrEqual(400);
    this.expect((await this.get("/jobs")).text).not.toMatch(UUID);
  }

  async submits(which: 0 | 1): Promise<string> {
    const { status, text, headers } = await this.ask(submission(this.form.choices, which));
    this.expect(status, text).toBeLessThan(300);
    const id = (UUID.exec(this.form.choices.answer === "header" ? headers : text) ?? [])[0];
    if (id === undefined) throw new Error(`no id in ${text}`);
    return id;
  }

  /** What the program says of the job's status: its own entry, where only the list has it. */
  private async status(id: string): Promise<string> {
    const { text } = await this.get(statusPath(this.form.choices, id));
    if (this.form.choices.status === "text") return text.trim().replace(`Job ${id} is `, "");
    const all = JSON.parse(text) as unknown;
    const job: unknown =
      this.form.choices.status !== "list"
        ? all
        : Array.isArray(all)
          ? (all as unknown[]).find((one) => Object.values(one as object).includes(id))
          : (all as Record<string, unknown>)[id];
    this.expect(job, text).toBeDefined();
    return String((job as { status: unknown }).status);
  }

  /** While no worker runs. */
  async waits(id: string): Promise<void> {
    const { choices } = this.form;
    this.expect(await this.status(id)).toBe(wordsOf(choices).first);
    const path = resultPath(choices, id);
    if (path !== null) this.expect((await this.get(path)).status).toBe(choices.early);
    const unknown = resultPath(choices, NOBODY);
    if (unknown !== null) this.expect((await this.get(unknown)).status).toBe(404);
    if (choices.status !== "list")
      this.expect((await this.get(statusPath(choices, NOBODY))).status).toBe(404);
  }

  /** Until it is done; then the result is what the program says that it is. */
  async does(id: string): Promise<Buffer> {
    const { choices } = this.form;
    const { running, done } = wordsOf(choices);
    if (choices.work === "sleep") await this.expect.poll(() => this.status(id)).toBe(running);
    await this.expect
      .poll(async () => `${await this.status(id)}\n${this.stage.output}`)
      .toMatch(new RegExp(`^${done}\n`));
    const path = resultPath(choices, id);
    if (path === null) {
      const record = JSON.parse((await this.get(statusPath(choices, id))).text) as { result: string };
      this.expect(record.result).not.toBe("");
      return Buffer.from(record.result);
    }
    const { status, type, bytes, text } = await this.get(path);
    this.expect(status, text).toBe(200);
    const sent =
      choices.made === "text" && choices.framework === "flask" ? "text/html" : TYPES[choices.made].type;
    this.expect(type).toContain(sent);
    if (choices.made === "picture") this.expect(bytes.subarray(1, 4).toString()).toBe("PNG");
    // The answer of each job has its id, which is no difference of the results.
    return choices.made === "base64"
      ? Buffer.from((JSON.parse(text) as { image: string }).image, "base64")
      : bytes;
  }
}
