import { type Place } from "../draft.js";
import { FormDraft, type FormMistake } from "./form-draft.js";
import { type Form } from "./forms.js";
import { CODE } from "./mistakes/code.js";
import { CONTAINERS } from "./mistakes/containers.js";
import { OUTSIDE } from "./mistakes/outside.js";
import { RUNNING } from "./mistakes/running.js";

const MISTAKES: Readonly<Record<string, FormMistake>> = { ...CODE, ...OUTSIDE, ...RUNNING, ...CONTAINERS };

/** A program of another form that is correct but for one mistake. */
export interface MistakenForm {
  /** Of the mistake and the program. */
  name: string;
  mistake: string;
  form: Form;
  files: Readonly<Record<string, string>>;
  at: readonly Place[];
  expected: Pick<FormMistake, "says" | "never" | "as" | "isWholeFile">;
}

/** So many programs show each mistake. */
const SHOWN = 3;

/** Every mistake, each in programs that lie far apart. */
export function listMistakenForms(forms: readonly Form[]): MistakenForm[] {
  return Object.entries(MISTAKES).flatMap(([mistake, { when = () => true, make, ...expected }], n) => {
    const possible = forms.filter(({ choices }) => when(choices));
    const step = Math.max(1, Math.floor(possible.length / SHOWN));
    return Array.from({ length: Math.min(SHOWN, possible.length) }, (_, i) => {
      const form = possible[(i * step + n) % possible.length];
      if (!form) throw new Error(`nobody can make the mistake ${mistake}`);
      const draft = new FormDraft(form);
      make(draft);
      return { name: `${mistake} in ${form.name}`, mistake, form, ...draft.finish(), expected };
    });
  });
}
