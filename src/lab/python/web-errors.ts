import { type Explain } from "./explanation.js";

/** What Flask, FastAPI and json say of a value that cannot be answered or kept. */
export const WEB_ERRORS: readonly [RegExp, Explain][] = [
  [
    /^TypeError: Object of type (\w+) is not JSON serializable/,
    ([, type = ""], where) => ({
      cause: `${where}JSON has no ${type}, and json.dumps does not make text of it`,
      next: /^datetime|^date|Status$|Enum$/.test(type)
        ? 'of a pydantic model take job.model_dump_json(), or json.dumps(job.model_dump(mode="json")): both make text of times and of Enums; else str() of the value'
        : 'give json.dumps only dicts, lists, texts and numbers: of a pydantic model job.model_dump(mode="json")',
      mistake: "value-not-json",
    }),
  ],
  [
    /^TypeError: The view function for '(\w+)' did not return a valid response\. The function either returned None/,
    ([, route = ""]) => ({
      cause: `${route} in the API comes to its end without an answer: it returns None`,
      next: `let ${route} return the job, and let what it calls give the job back`,
      mistake: "route-returns-nothing",
    }),
  ],
  [
    /^fastapi\.exceptions\.ResponseValidationError/,
    (_, where) => ({
      cause: `${where}what the route returns is not what it declares behind ->`,
      next: "return the model that is declared, with all its fields",
      mistake: "answer-not-as-declared",
    }),
  ],
];
