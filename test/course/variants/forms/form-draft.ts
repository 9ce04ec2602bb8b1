import { FileDraft } from "../draft.js";
import { type Form } from "./forms.js";
import { type Places, placesOf } from "./places.js";
import { type FormChoices } from "./ways.js";

/** A correct program of another form, in which a mistake is being made. */
export class FormDraft extends FileDraft {
  readonly choices: FormChoices;
  readonly places: Places;
  readonly compose: string;
  readonly requirements: string;
  /** The Dockerfile of the worker, or of both. */
  readonly dockerfile: string;

  constructor({ choices, files }: Form) {
    super(files);
    this.choices = choices;
    this.places = placesOf(choices);
    const find = (name: RegExp): string => Object.keys(files).find((path) => name.test(path)) ?? "";
    this.compose = find(/docker-compose\.yml$/);
    this.requirements = find(/requirements\.txt$/);
    this.dockerfile = find(
      choices.layout === "folders" ? /worker\/Dockerfile$|Dockerfile\.worker$/ : /Dockerfile$/,
    );
  }

  write(path: string, text: string): this {
    this.files.set(path, text);
    return this;
  }

  remove(path: string): this {
    if (!this.files.delete(path)) throw new Error(`there is no ${path} to remove`);
    return this;
  }

  has(path: string): boolean {
    return this.files.has(path);
  }

  /** A file beside the API's module. */
  beside(name: string): string {
    return this.places.api.replace(/[^/]*$/, name);
  }
}

/** A mistake, and what must be said of it. */
export interface FormMistake {
  /** The programs in which it can be made. */
  when?: (choices: FormChoices) => boolean;
  make: (draft: FormDraft) => void;
  /** All of these stand in what the steps say. */
  says: readonly RegExp[];
  /** This stands nowhere there. */
  never?: RegExp;
  /**
   * `step`: a step is not there yet because of it. `said`: it is named, and does not keep the program from passing.
   * `machine`: the machine lacks something, and nothing is held against the student.
   */
  as: "step" | "said" | "machine";
  /** No line of the file is at fault, but that it is there. */
  isWholeFile?: boolean;
}
