import { dirname } from "node:path";
import { type Judgement, notYet, passed, type Place, shellCommand } from "../../../src/course/authoring.js";
import { type TaskRun } from "../../../src/subjects/celery/probe.js";

type Called = TaskRun["numbers"][number];

/** How many are shown. */
const SHOWN = 8;

/** 9.3: what the task says of numbers is right. */
export function judgeNumbers({ numbers, celery, file, of }: TaskRun, place: Place): Judgement {
  const facts = {
    expected: "11 is prime; 1, 0, -7, 4, 6, 8, 9, 25 and 49 are not; and so for 200 numbers by chance",
    probe: place.again("9.3"),
  };
  const [task] = numbers;
  if (!task) {
    return notYet({
      ...facts,
      observed: `${file} has ${celery?.tasks.join(", ") || "no task"}`,
      mistake: "no-task",
      cause: "Celery knows a function as a task when it stands below @app.task",
      next: "write @app.task above the function that the worker is to do",
    });
  }
  const folder = place.file(dirname(file));
  const inFolder = folder === "." ? "" : `cd ${folder} && `;
  const call = (number: string): string => {
    const name = task.task.split(".").at(-1) ?? "";
    return `${inFolder}${shellCommand("python", "-c", `import tasks; print(tasks.${name}(${number}))`)}`;
  };
  const answered = numbers.filter(({ problem }) => problem === null);
  const broken = numbers.find(({ problem }) => problem !== null && problem !== "slow");
  if (broken) {
    return notYet({
      ...facts,
      observed: `${task.task}(${broken.number}) fails: ${broken.problem ?? ""}`,
      cause: "the task raises an exception for a number that may be asked for",
      probe: call(broken.number),
      next: "see the line in the traceback, and mend it",
      mistake: "task-fails",
    });
  }
  const unclear = answered.find(({ answer }) => primeIn(answer) === null);
  if (unclear) {
    return notYet({
      ...facts,
      observed: `${task.task}(${unclear.number}) returns ${JSON.stringify(unclear.answer)}`,
      cause: "what the task returns is what the web can say of it, and there is no yes or no in it",
      probe: call(unclear.number),
      next: 'return {"number": number, "is_prime": …}',
      mistake: "no-answer",
    });
  }
  const wrong = answered.filter(({ answer, prime }) => primeIn(answer) !== prime);
  if (wrong.length > 0) {
    return notYet({
      ...facts,
      ...explainWrong(wrong),
      probe: call(wrong[0]?.number ?? ""),
      observed: `of ${answered.length} numbers ${wrong.length} are judged wrongly: ${wrong.slice(0, SHOWN).map(describe).join(", ")}`,
    });
  }
  const slow = of - answered.length;
  if (slow > of / 4) {
    return notYet({
      ...facts,
      observed: `of ${of} numbers only ${answered.length} are answered within a fifth of a second each`,
      cause: "the loop runs up to the number itself; a divisor above the root has a partner below it",
      next: "end the loop at the root: while divisor * divisor <= number",
      mistake: "too-slow",
    });
  }
  const note = slow === 0 ? "" : `; ${slow} took too long to be waited for`;
  return passed(`${task.task} is right about ${answered.length} numbers${note}`);
}

/** The yes or no in what a task returns. */
export function primeIn(answer: unknown): boolean | null {
  if (typeof answer === "boolean") return answer;
  if (typeof answer !== "object" || answer === null || Array.isArray(answer)) return null;
  const facts = answer as Record<string, unknown>;
  if (typeof facts["is_prime"] === "boolean") return facts["is_prime"];
  const found = Object.values(facts).filter((one) => typeof one === "boolean");
  return found.length === 1 ? (found[0] ?? null) : null;
}

function describe({ number, prime }: Called): string {
  return `${number} is ${prime ? "prime" : "not prime"}`;
}

function explainWrong(wrong: readonly Called[]): { cause: string; next: string; mistake: string } {
  const values = wrong.map(({ number, prime }) => ({ value: Number(number), prime }));
  const isEven = (value: number): boolean => value > 2 && value % 2 === 0;
  const isOddSquare = (value: number): boolean =>
    value > 1 && value % 2 !== 0 && Number.isInteger(Math.sqrt(value));
  const even = values.some(({ value, prime }) => isEven(value) && !prime);
  const square = values.some(({ value, prime }) => isOddSquare(value) && !prime);
  if (even) {
    return {
      cause: `even numbers are never divided by 2${square ? ", and the loop stops before the root: 9 is 3 times 3" : ""}`,
      next: "before the loop: an even number is prime only if it is 2",
      mistake: "even-numbers",
    };
  }
  if (square && values.every(({ value }) => isOddSquare(value))) {
    return {
      cause: "the loop stops before the root: 9 is 3 times 3, and 3 must still be tried",
      next: "while divisor * divisor <= number, with the =",
      mistake: "stops-before-root",
    };
  }
  if (values.every(({ value }) => value < 2)) {
    return {
      cause: "prime numbers begin with 2: 1, 0 and what is below are none",
      next: "at the beginning: if number < 2: return False",
      mistake: "below-two",
    };
  }
  if (values.every(({ prime }) => prime)) {
    return {
      cause: "prime numbers are refused: a number is divided by itself, or by 1",
      next: "divide by what is above 1 and below the number only",
      mistake: "prime-refused",
    };
  }
  return {
    cause: "some divisors are left out: a number is prime when none up to its root divides it",
    next: "try 2, and then every odd number up to the root",
    mistake: "divisors-left-out",
  };
}
