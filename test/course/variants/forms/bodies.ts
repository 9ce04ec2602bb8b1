import { kindsOf, type Topic, topicOf } from "./topics.js";
import { type FormChoices } from "./ways.js";

/** What a program demands of one value of a job. */
type Demand =
  | { is: "number"; least?: number; most?: number }
  | { is: "day" }
  | { is: "one of"; words: readonly string[] }
  | { is: "like"; pattern: string }
  /** It is what the loaded records have in that field. */
  | { is: "loaded"; field: string; pattern?: string }
  /** A list of ids of loaded records. */
  | { is: "ids" };

export interface Field {
  name: string;
  demand: Demand;
  /** What it is where nobody says it. */
  usual?: number;
}

type Values = Readonly<Record<string, string | number | readonly string[]>>;

/** What a job is about. */
export interface Body {
  fields: readonly Field[];
  /** Two jobs that come to different results. */
  examples: readonly [Values, Values];
  /** Whether a record `one` belongs to the result, in Python; `of` reads a field of the job. */
  picks: (of: (field: string) => string) => string;
}

export function bodyOf(choices: FormChoices): Body {
  const body = plainBody(choices);
  if (choices.job !== "/jobs/<function>") return body;
  // The function stands in the path, and is kept with the rest.
  const fields: Field[] = [
    { name: "function", demand: { is: "one of", words: ["mean", "largest"] } },
    ...body.fields,
  ];
  return { ...body, fields };
}

function plainBody({ body, ...choices }: FormChoices): Body {
  const topic = topicOf(choices);
  const [first, second, third] = topic.rows;
  if (!first || !second || !third) throw new Error("a topic has more records");
  const [low, , , high] = topic.rows.map(([, , , day]) => Number(day.slice(0, 4)));
  switch (body) {
    case "range":
      return {
        fields: [number("start"), number("end")],
        examples: [
          { start: low ?? 0, end: high ?? 0 },
          { start: low ?? 0, end: (low ?? 0) + 1 },
        ],
        picks: (of) => `${of("start")} <= one['year'] <= ${of("end")}`,
      };
    case "dates":
      return {
        fields: [
          { name: "start_date", demand: { is: "day" } },
          { name: "end_date", demand: { is: "day" } },
        ],
        examples: [
          { start_date: first[3], end_date: third[3] },
          { start_date: first[3], end_date: first[3] },
        ],
        picks: (of) => `${of("start_date")} <= one['date'] <= ${of("end_date")}`,
      };
    case "kind":
      return oneWord(topic.kind, { is: "one of", words: kindsOf(topic) }, [first[2], second[2]], topic.kind);
    case "topic":
      return oneWord("topic", { is: "loaded", field: topic.kind }, [first[2], second[2]], topic.kind);
    case "code":
      return oneWord(
        "ticker",
        { is: "loaded", field: "id", pattern: "^[A-Z]{3}$" },
        [first[0], second[0]],
        "id",
      );
    case "record":
      return oneWord(`${topic.thing}_name`, { is: "loaded", field: "name" }, [first[1], second[1]], "name");
    case "letters":
      return {
        ...oneWord("letters", { is: "like", pattern: "^[A-Z]+$" }, ["ABC", "D"], ""),
        picks: (of) => `one['name'][0] in ${of("letters")}`,
      };
    case "ids":
      return {
        fields: [{ name: "ids", demand: { is: "ids" } }],
        examples: [{ ids: [first[0], third[0]] }, { ids: [second[0]] }],
        picks: (of) => `one['id'] in ${of("ids")}`,
      };
    case "month":
      return {
        fields: [
          { name: "year", demand: { is: "number", least: 1800, most: 2030 } },
          { name: "month", demand: { is: "number", least: 1, most: 12 } },
        ],
        examples: [
          { year: high ?? 0, month: 12 },
          { year: low ?? 0, month: 12 },
        ],
        picks: (of) => `(one['year'], one['month']) <= (${of("year")}, ${of("month")})`,
      };
    case "plot":
      return plot(topic, low ?? 0);
  }
}

function plot(topic: Topic, low: number): Body {
  return {
    fields: [
      { name: "plot_type", demand: { is: "one of", words: ["histogram", "scatter"] } },
      { ...number("start"), usual: 1800 },
      { ...number("end"), usual: 2030 },
    ],
    examples: [{ plot_type: "histogram" }, { plot_type: "scatter", start: low, end: low + 5 }],
    picks: (of) => `${of("start")} <= one['year'] <= ${of("end")}`,
  };
}

function number(name: string): Field {
  return { name, demand: { is: "number" } };
}

function oneWord(name: string, demand: Demand, [one, other]: [string, string], field: string): Body {
  return {
    fields: [{ name, demand }],
    examples: [{ [name]: one }, { [name]: other }],
    picks: (of) => `one['${field}'] == ${of(name)}`,
  };
}
