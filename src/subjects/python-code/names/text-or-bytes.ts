import { type Client } from "../clients/clients.js";
import { clientMeant } from "../clients/client-uses.js";
import { type Module } from "./modules.js";
import { homeOfExpression, type Modules } from "./names.js";
import { type Expression, type Statement } from "../syntax/syntax.js";
import {
  type Call,
  dottedName,
  eachStatement,
  findFunctions,
  type FunctionDefinition,
  namesIn,
} from "../syntax/walk.js";
import { eachUse, localNames, type Use } from "./uses.js";

export type Kind = "text" | "bytes";

type Place = Pick<Use, "within" | "isLocal"> & { module: Module };

type NameExpression = Expression & { kind: "name" };

interface CallSite {
  call: Call;
  place: Place;
}

/** Follows values as far as is needed to say whether one is text or bytes; null where that cannot be said. */
export class TextOrBytes {
  private readonly calls = new Map<FunctionDefinition, CallSite[]>();
  private readonly puts: CallSite[] = [];

  constructor(
    modules: readonly Module[],
    private readonly byName: Modules,
    private readonly clients: readonly Client[],
  ) {
    for (const module of modules) {
      eachUse(module.body, ({ expression, within, isLocal }) => {
        if (expression.kind !== "call") return;
        const site = { call: expression, place: { within, isLocal, module } };
        const target = this.functionMeant(expression, site.place);
        if (target) this.calls.set(target.definition, [...(this.calls.get(target.definition) ?? []), site]);
        const { callee } = expression;
        if (
          callee.kind === "attribute" &&
          callee.name === "put" &&
          this.clientOf(callee.of, site.place)?.kind === "queue"
        ) {
          this.puts.push(site);
        }
      });
    }
  }

  kindOf(expression: Expression, place: Place, depth = 0): Kind | null {
    if (depth > 8) return null;
    switch (expression.kind) {
      case "string":
        return expression.bytes ? "bytes" : "text";
      case "format":
        return "text";
      case "call":
        return this.kindOfCall(expression, place, depth);
      case "subscript":
        return this.kindOfEntry(expression.of, place, depth);
      case "name":
        return this.kindOfName(expression, place, depth);
      default:
        return null;
    }
  }

  private kindOfCall(call: Call, place: Place, depth: number): Kind | null {
    const { callee } = call;
    if (callee.kind === "name" && callee.name === "str" && !place.isLocal("str")) return "text";
    if (callee.kind === "attribute") {
      if (callee.name === "decode") return "text";
      if (callee.name === "encode") return "bytes";
      if (dottedName(callee) === "json.dumps") return "text";
      if (/^(get|hget|lpop|rpop|getset|getdel)$/.test(callee.name)) return this.answers(callee.of, place);
      if (/^(strip|lower|upper|replace|format|join)$/.test(callee.name))
        return this.kindOf(callee.of, place, depth + 1);
    }
    const target = this.functionMeant(call, place);
    if (!target || target.definition.decorators.length > 0) return null;
    const kinds: (Kind | null)[] = [];
    const within = [target.definition];
    eachStatement(target.definition.body, (statement) => {
      if (statement.kind !== "return" || !statement.value) return;
      kinds.push(
        this.kindOf(
          statement.value,
          { within, isLocal: (name) => localNames(target.definition).has(name), module: target.module },
          depth + 1,
        ),
      );
    });
    return same(kinds);
  }

  /** An entry of what a command answers with several. */
  private kindOfEntry(of: Expression, place: Place, depth: number): Kind | null {
    if (of.kind === "call" && of.callee.kind === "attribute") {
      return /^(keys|hkeys|hvals|hgetall|hmget|mget|lrange|smembers|scan_iter)$/.test(of.callee.name)
        ? this.answers(of.callee.of, place)
        : null;
    }
    if (of.kind !== "name") return null;
    const assigned = assignedIn(of.name, place);
    const [only] = assigned;
    return assigned.length === 1 && only?.value ? this.kindOfEntry(only.value, place, depth + 1) : null;
  }

  private answers(expression: Expression, place: Place): Kind | null {
    const client = this.clientOf(expression, place);
    return client?.kind === "redis" ? (client.decodes ? "text" : "bytes") : null;
  }

  private kindOfName({ name, from }: NameExpression, place: Place, depth: number): Kind | null {
    const around = place.within.at(-1);
    const isParameter = around?.parameters.some((one) => one.name === name) ?? false;
    // A parameter is what was given until the first line that changes it has ended.
    const assigned = assignedIn(name, place).filter(({ to }) => !isParameter || to <= from);
    if (assigned.length > 0) {
      if (isParameter) return null;
      return same(
        assigned.map(({ value, how }) =>
          !value
            ? null
            : how === "whole"
              ? this.kindOf(value, place, depth + 1)
              : this.kindOfEntry(value, place, depth + 1),
        ),
      );
    }
    const position = around?.parameters.findIndex((one) => one.name === name) ?? -1;
    const parameter = around?.parameters[position];
    if (!around || !parameter || parameter.spread !== "") return null;
    const isWorker = around.decorators.some((one) => {
      const callee = one.kind === "call" ? one.callee : one;
      return callee.kind === "attribute" && callee.name === "worker";
    });
    const sites = isWorker ? this.puts : (this.calls.get(around) ?? []);
    if (!isWorker && around.decorators.length > 0) return null;
    return same(
      sites.flatMap(({ call, place: at }) => {
        const given = isWorker
          ? call.arguments.map(({ value }) => value)
          : call.arguments
              .filter((one, n) => one.name === name || (one.name === null && n === position))
              .map(({ value }) => value);
        if (call.arguments.some(({ spread }) => spread !== "")) return [null];
        return given.map((value) => this.kindOf(value, at, depth + 1));
      }),
    );
  }

  private clientOf(expression: Expression, place: Place): Client | null {
    return clientMeant(expression, place, place.module, this.byName, this.clients);
  }

  private functionMeant(call: Call, place: Place): { definition: FunctionDefinition; module: Module } | null {
    const base = dottedName(call.callee)?.split(".")[0] ?? "";
    if (base === "" || place.within.some((one) => one.parameters.some(({ name }) => name === base)))
      return null;
    const home = homeOfExpression(call.callee, place.module, this.byName);
    const all = home ? findFunctions(home.module.body).filter(({ name }) => name === home.name) : [];
    const [definition] = all;
    return home && definition && all.length === 1 ? { definition, module: home.module } : null;
  }
}

interface Assigned {
  value: Expression | null;
  how: "whole" | "entry";
  /** Where the statement ends. */
  to: number;
}

function same(kinds: readonly (Kind | null)[]): Kind | null {
  const [first] = kinds;
  return first && kinds.every((kind) => kind === first) ? first : null;
}

/** What a name is given in the innermost function, else in the module: whole, or as one of several. */
function assignedIn(name: string, { within, module }: Place): Assigned[] {
  const around = within.at(-1);
  const here = collect(around?.body ?? module.body, name);
  const isParameter = around?.parameters.some((one) => one.name === name) ?? false;
  return here.length > 0 || !around || isParameter ? here : collect(module.body, name);
}

function collect(body: readonly Statement[], name: string): Assigned[] {
  const found: Assigned[] = [];
  eachStatement(body, (statement) => {
    const { to } = statement;
    if (statement.kind === "assign") {
      for (const target of statement.targets) {
        if (target.kind === "name" && target.name === name)
          found.push({ value: statement.value, how: "whole", to });
        else if (namesIn(target).includes(name)) found.push({ value: statement.value, how: "entry", to });
      }
    }
    if (statement.kind === "update" && namesIn(statement.target).includes(name))
      found.push({ value: null, how: "whole", to });
    if (statement.kind === "block" && statement.binds.some((one) => namesIn(one).includes(name))) {
      const [only] = statement.inner;
      const plain = statement.word === "for" && statement.binds.length === 1;
      found.push({ value: plain && statement.inner.length === 1 && only ? only : null, how: "entry", to });
    }
  });
  return found;
}
