import { type Facts, remark } from "../facts.js";
import { type Finding } from "../finding.js";
import { lineOf, type Module } from "../names/modules.js";
import { type Statement } from "../syntax/syntax.js";
import { functionMeant } from "../names/values.js";
import {
  dottedName,
  eachExpression,
  eachStatement,
  expressionsOf,
  findCalls,
  findFunctions,
  type FunctionDefinition,
} from "../syntax/walk.js";
import { type StatusWord, wordOf, wordWritten } from "./status-words.js";

/** Statuses that say another stage of the job than the one it is in, where they stand plainly in the code. */
export function findStatuses(facts: Facts): Finding[] {
  const readable = facts.modules.filter((one) => one.readable);
  return [
    ...readable.flatMap((module) => findFirst(module, facts)),
    ...readable.flatMap((module) =>
      findFunctions(module.body).flatMap((one) => judgeWork(one, module, facts)),
    ),
  ];
}

const MAKES_A_JOB = /^_?(add|create|submit|new|make|instantiate)_?(a_|new_)?job$/i;

/** The first status of a job says that somebody works on it, or has. */
function findFirst(module: Module, facts: Facts): Finding[] {
  const words = [
    ...findFunctions(module.body)
      .filter(({ name }) => MAKES_A_JOB.test(name))
      .flatMap(({ parameters }) => parameters.filter(({ name }) => name === "status"))
      .map(({ fallback }) => fallback && wordOf(fallback, { module, within: [] }, facts)),
    ...findCalls(module.body).map(({ call, within }) => {
      if (!MAKES_A_JOB.test(dottedName(call.callee)?.split(".").at(-1) ?? "")) return null;
      const scope = { module, within };
      const status = functionMeant(call, scope, facts.byName)?.scope.given?.get("status");
      return status?.scope === scope ? wordOf(status.expression, scope, facts) : null;
    }),
  ];
  return words.flatMap((word): Finding[] =>
    word?.stage === "running" || word?.stage === "done"
      ? [
          remark(
            "status-not-as-asked",
            lineOf(module, word.line),
            `a new job gets the status "${word.text}", and nobody works on it yet`,
            'give a new job the status "submitted"; the worker sets the others',
          ),
        ]
      : [],
  );
}

/** What a function writes while it works on a job. */
function judgeWork(definition: FunctionDefinition, module: Module, facts: Facts): Finding[] {
  const words: StatusWord[] = [];
  const scope = { module, within: [definition] };
  const unclear: Statement[] = [];
  eachStatement(definition.body, (statement) => {
    const written = wordWritten(statement, scope, facts);
    if (written === "unclear") unclear.push(statement);
    else if (written) words.push(written);
  });
  if (unclear.length > 0 || words.length === 0) return [];
  return [
    ...findEarlyEnd(definition, words, module),
    ...(words.some(({ stage }) => stage === "done") ? [] : findNoEnd(definition, words, module, facts)),
  ];
}

/** Done, and then the work: only what surely takes its time counts as work. */
function findEarlyEnd({ body }: FunctionDefinition, words: readonly StatusWord[], module: Module): Finding[] {
  const done = words.at(-1);
  if (done?.stage !== "done") return [];
  const at = body.findIndex(({ line }) => line === done.line);
  const work = at === -1 ? undefined : body.slice(at + 1).find(works);
  if (!work) return [];
  return [
    remark(
      "status-not-as-asked",
      lineOf(module, done.line),
      `the status "${done.text}" is set before the work is done (line ${work.line})`,
      'set "in progress" here, and this one below the work',
    ),
  ];
}

function works(statement: Statement): boolean {
  let found = false;
  for (const expression of expressionsOf(statement)) {
    eachExpression(expression, (one) => {
      if (one.kind === "call")
        found ||= /(^|\.)(sleep|(save|store|write|set)_\w*results?)$/.test(dottedName(one.callee) ?? "");
    });
  }
  return found;
}

/** The worker says that it works, and nobody ever that it has. */
function findNoEnd(
  { name, body }: FunctionDefinition,
  words: readonly StatusWord[],
  module: Module,
  facts: Facts,
): Finding[] {
  const running = words.find(({ stage }) => stage === "running");
  const last = body.at(-1);
  if (!running || !last || module.name !== facts.worker?.name || isDoneElsewhere(facts)) return [];
  return [
    remark(
      "status-not-as-asked",
      lineOf(module, last.line),
      `${name} ends here, and the status stays "${running.text}"`,
      `set the status "complete" below this line, as the last of ${name}`,
    ),
  ];
}

/** Some function writes the last status, or one that nobody can tell. */
function isDoneElsewhere(facts: Facts): boolean {
  return facts.modules.some((module) =>
    [...findFunctions(module.body), null].some((around) => {
      const scope = { module, within: around ? [around] : [] };
      let found = false;
      eachStatement(around?.body ?? module.body, (statement) => {
        const written = wordWritten(statement, scope, facts);
        found ||= written !== null && written !== "unclear" && written.stage === "done";
      });
      return found;
    }),
  );
}
