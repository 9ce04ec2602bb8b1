import { type Exchange, type Request } from "../../lab/http/exchange.js";
import { type SystemFile } from "../../lab/system-file/system-file.js";
import { COURSE, type Route } from "./routes/route.js";
import { type Sorted, sortRoutes } from "./routes/sort.js";

export type Ask = (request: Request) => Promise<Exchange>;

/** A jobs API that can be asked, wherever it runs, with what is known of it. */
export interface System {
  send: Ask;
  /** The framework's own table; of a system of which none is to be had, the routes of the exercise. */
  routes: readonly Route[];
  /** The table is the framework's. */
  isKnown: boolean;
  sorted: Sorted;
  /** What its tq.yaml says. */
  told: SystemFile | null;
  /** Numbers that follow from the seed. */
  range: { start: number; end: number };
  /** Told what is under way. */
  report: (line: string) => void;
}

export function describeSystem(
  routes: readonly Route[] | null,
  facts: Pick<System, "send" | "told" | "range" | "report">,
): System {
  const table = routes === null || routes.length === 0 ? COURSE : routes;
  return { ...facts, routes: table, isKnown: table !== COURSE, sorted: sortRoutes(table) };
}

export function isFine({ status }: Pick<Exchange, "status">): boolean {
  return status !== null && status >= 200 && status < 300;
}
