import { type Need } from "./machine/need.js";
import { type Check } from "../verdict/run-checks.js";
import { type Probes, type SubjectName } from "../subjects/index.js";
import { type Place } from "../lab/place.js";

/** From a question that points to the matter, over the idea and the command, to nearly the solution. */
export type Hints = readonly [question: string, idea: string, command: string, nearly: string];

/** One step: what the student does, and the check that sees whether it is done. */
export interface Step<Name extends SubjectName = SubjectName> extends Check<Probes<Name>> {
  /** What to do, with the commands for this very machine; Markdown of at most 76 columns. */
  task: (place: Place) => string;
  /** The words after `docker compose` of the command that does it, where there is one: a key runs it. */
  compose?: readonly string[];
  /** tq runs containers for it; where no step says so, an exercise that needs Docker does in all of them. */
  containers?: true;
  /** It is about a cluster that runs: without one the machine is in the way, also of a scripted student. */
  needsCluster?: boolean;
  /** What of the solution it is about: files, or with # one name in a Python file; none where it is done in terminals. */
  solution?: readonly string[];
  /** It can be judged of a system that runs somewhere, by its address alone (`--url`). */
  fromOutside?: boolean;
}

/** A question that is asked in the walk-through and judged by the facts. */
export interface Question<Name extends SubjectName = SubjectName> {
  /** The step before which it is asked. */
  before: string;
  ask: string;
  /** By what is so on this machine; `says` is a sentence or two. */
  judge: (answer: string, probes: Probes<Name>) => Promise<{ right: boolean; says: string }>;
}

/** What an edition of the course says otherwise; its lesson, starter and solution are in `editions/<its name>/`. */
export interface EditionWords {
  /** By step. */
  hints: Readonly<Record<string, Hints>>;
  /** What the steps ask for; of a step that is not here, the exercise's own words stand. */
  tasks: Readonly<Record<string, Step["task"]>>;
}

/** An exercise as its folder defines it; lesson, starter, solution and wrong answers are files beside it. */
export interface Exercise<Name extends SubjectName = SubjectName> {
  number: number;
  slug: string;
  title: string;
  /** One line for the list. */
  summary: string;
  needs: readonly Need[];
  /** The kinds of evidence that its checks ask for. */
  subjects: readonly Name[];
  steps: readonly Step<Name>[];
  /** By step. */
  hints: Readonly<Record<string, Hints>>;
  /** By the edition's name, beside the form that the exercise's own files have. */
  editions?: Readonly<Record<string, EditionWords>>;
  questions?: readonly Question<Name>[];
  /** Its scripted students are watched from the beginning: what they do is not all in the history of a Redis. */
  watched?: boolean;
  /** The steps that pass for the student who stopped halfway, as `halfway/` has it. */
  halfway: readonly string[];
  /** `--describe`: what was found out about the student's work, in a form that can be given back corrected. */
  describe?: (probes: Probes<Name>) => Promise<string | null>;
  /** The options of a check that this exercise has beside those of all. */
  takes?: readonly ("url" | "job" | "system" | "slow" | "yes")[];
  /** The mistakes that `wrong/` stages: by name, the step that must find each. */
  mistakes: Readonly<Record<string, string>>;
}
