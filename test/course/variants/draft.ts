import { apiModule } from "./api.js";
import { type Choices } from "./choices.js";
import { clientsModule } from "./clients.js";
import { statusCode, type Words } from "./statuses.js";
import { pathOf, type Variant } from "./variants.js";

/** Written into a changed line, it says that a teacher would point there; no file keeps it. */
export const HERE = "\u{1F449}";

/** A line of a file, from 1. */
export interface Place {
  file: string;
  line: number;
}

/** Files in which a mistake is being made. */
export class FileDraft {
  protected readonly files: Map<string, string>;

  constructor(files: Readonly<Record<string, string>>) {
    this.files = new Map(Object.entries(files));
  }

  /** Changes the first, or with a global expression every, occurrence. What is not there is a mistake in the mistake. */
  change(file: string, from: string | RegExp, to: string | ((found: string) => string)): this {
    const text = this.files.get(file) ?? "";
    const changed = typeof to === "string" ? text.replace(from, to) : text.replace(from, to);
    if (changed === text) throw new Error(`${file} has no ${String(from)} to change`);
    this.files.set(file, changed);
    return this;
  }

  /** Points at the first line that matches, which stays as it is. */
  point(file: string, at: RegExp): this {
    return this.change(file, new RegExp(at.source, "m"), `${HERE}$&`);
  }

  /** Adds lines below the last import; the module keeps its own imports. */
  addBelowImports(file: string, imports: string, lines: string): this {
    const text = this.files.get(file) ?? "";
    const last = [...text.matchAll(/^(?:import|from) .*\n/gm)].at(-1);
    if (!last) throw new Error(`${file} imports nothing`);
    const at = last.index + last[0].length;
    this.files.set(file, `${imports}\n${text.slice(0, at)}\n${lines}\n${text.slice(at)}`);
    return this;
  }

  finish(): { files: Record<string, string>; at: Place[] } {
    const files: Record<string, string> = {};
    const at: Place[] = [];
    for (const [file, text] of this.files) {
      for (const [n, line] of text.split("\n").entries()) {
        if (line.includes(HERE)) at.push({ file, line: n + 1 });
      }
      files[file] = text.replaceAll(HERE, "");
    }
    if (at.length === 0) throw new Error("nobody points at the mistake");
    return { files, at };
  }
}

/** A correct program in which a mistake is being made. */
export class Draft extends FileDraft {
  readonly choices: Choices;
  readonly api: string;
  readonly jobs: string;
  readonly worker: string;
  /** The file that makes the Redis clients. */
  readonly clients: string;
  /** Its name in an import. */
  readonly clientsModule: string;
  readonly compose = "docker-compose.yml";
  /** Its status words, as the code has them. */
  readonly status: Words;

  constructor({ choices, files }: Variant) {
    super(files);
    this.choices = choices;
    this.status = statusCode(choices);
    const file = (module: string): string => pathOf(choices, `${module}.py`);
    [this.api, this.jobs, this.worker] = [file(apiModule(choices)), file("jobs"), file("worker")];
    this.clientsModule = clientsModule(choices);
    this.clients = file(this.clientsModule);
  }
}

/** One way to make a mistake. */
export interface Form {
  /** The programs in which it can be made. */
  when?: (choices: Choices) => boolean;
  make: (draft: Draft) => void;
}
