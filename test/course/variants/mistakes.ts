import { type Choices, ways } from "./choices.js";
import { Draft, type Form, type Place } from "./draft.js";
import { composeVariableIgnored, composeVariableMissing, hostLiteral } from "./mistakes/hosts.js";
import { circularImport, workerImportsApi } from "./mistakes/imports.js";
import { nameNotThere, undefinedName, wrongArguments } from "./mistakes/names.js";
import {
  clientOnTwoDbs,
  queueDiffers,
  queueInRecordsDb,
  queueMadeAgain,
  unknownMethod,
} from "./mistakes/queue.js";
import { syntaxError } from "./mistakes/syntax.js";
import { statusNotAsAsked, workerNotStarted } from "./mistakes/worker.js";
import { listVariants, type Variant } from "./variants.js";

/** The mistakes of students, most frequent first, each with the ways in which it is made. */
const FORMS = {
  "queue-made-again": queueMadeAgain,
  "undefined-name": undefinedName,
  "host-literal": hostLiteral,
  "status-not-as-asked": statusNotAsAsked,
  "worker-imports-api": workerImportsApi,
  "syntax-error": syntaxError,
  "compose-variable-missing": composeVariableMissing,
  "worker-not-started": workerNotStarted,
  "wrong-arguments": wrongArguments,
  "client-on-two-dbs": clientOnTwoDbs,
  "circular-import": circularImport,
  "compose-variable-ignored": composeVariableIgnored,
  "name-not-there": nameNotThere,
  "queue-in-records-db": queueInRecordsDb,
  "unknown-method": unknownMethod,
  "queue-differs": queueDiffers,
} as const satisfies Record<string, readonly Form[]>;

type MistakeName = keyof typeof FORMS;

/** A program that is correct but for one mistake. */
export interface Mistaken {
  mistake: MistakeName;
  /** Which of the ways to make it, from 1. */
  form: number;
  /** Name of the variant in which it is made. */
  variant: string;
  files: Readonly<Record<string, string>>;
  /** Where a teacher would point; the first place is the foremost. */
  at: readonly Place[];
}

/** So many variants show each form of a mistake. */
const SHOWN = 3;

/** Every mistake in every form, each in variants that differ as much as they can. */
export function listMistakes(): Mistaken[] {
  const variants = listVariants();
  const all = (Object.entries(FORMS) as [MistakeName, readonly Form[]][]).flatMap(([mistake, forms]) =>
    forms.map((form, n) => ({ mistake, form: n + 1, ...form })),
  );
  return all.flatMap(({ mistake, form, when = () => true, make }, n) => {
    const possible = variants.filter(({ choices }) => when(choices));
    // Each form begins at another, so that all variants get their share.
    return pickDifferent(possible, n).map((variant): Mistaken => {
      const draft = new Draft(variant);
      make(draft);
      return { mistake, form, variant: variant.name, ...draft.finish() };
    });
  });
}

/** The one at `first`, and then always the one that is farthest from all that are taken. */
function pickDifferent(variants: readonly Variant[], first: number): Variant[] {
  const taken = variants.slice(first % variants.length).slice(0, 1);
  while (taken.length < Math.min(SHOWN, variants.length)) {
    const far = variants.map((one) =>
      Math.min(...taken.map(({ choices }) => distance(one.choices, choices))),
    );
    const farthest = variants[far.indexOf(Math.max(...far))];
    if (farthest) taken.push(farthest);
  }
  return taken;
}

/** In how many choices they differ. */
function distance(a: Choices, b: Choices): number {
  return ways.filter((way) => a[way] !== b[way]).length;
}
