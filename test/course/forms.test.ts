import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { describeWith, python } from "../support/suite/needs.js";
import { describeAcceptance, describeEarlier } from "./variants/forms/describe-acceptance.js";
import { describeLives } from "./variants/forms/describe-lives.js";
import { listEdition2026 } from "./variants/forms/edition-2026.js";
import { listForms, listSampleForms } from "./variants/forms/forms.js";
import { TABLE } from "./variants/forms/ways.js";
import { holds, listPairs } from "./variants/pairwise.js";

const forms = listForms();
const edition = listEdition2026();

describe("the programs of other forms", () => {
  it("are at least 80, each another, and the same each time", () => {
    expect(forms.length).toBeGreaterThanOrEqual(80);
    expect(new Set(forms.map(({ choices }) => JSON.stringify(choices))).size).toBe(forms.length);
    expect(new Set(forms.map(({ name }) => name)).size).toBe(forms.length);
    expect(listForms()).toEqual(forms);
  });

  it("hold every two choices that can stand together", () => {
    const missing = listPairs(TABLE).filter((pair) => !forms.some(({ choices }) => holds(choices, pair)));
    expect(missing).toEqual([]);
    expect(forms.every(({ choices }) => TABLE.isPossible(choices))).toBe(true);
  });

  it("need nothing told, at least 60 of them, and at most five lines where they do", () => {
    expect(forms.filter(({ isTold }) => !isTold).length).toBeGreaterThanOrEqual(60);
    for (const { files } of forms) {
      const told = Object.entries(files).find(([path]) => path.endsWith("tq.yaml"))?.[1] ?? "";
      expect(told.split("\n").length - 1).toBeLessThanOrEqual(5);
    }
  });
});

describeWith("python", "the sources of the programs of other forms", () => {
  it("compile", () => {
    const sources = forms.flatMap(({ name, files }) =>
      Object.entries(files)
        .filter(([path]) => path.endsWith(".py"))
        .map(([path, text]) => [`${name}/${path}`, text]),
    );
    const program = `
import json, sys
for name, text in json.load(sys.stdin):
    compile(text, name, "exec")`;
    execFileSync(python(), ["-c", program], { input: JSON.stringify(sources) });
  });
});

describeLives([...edition, ...listSampleForms()]);
describeAcceptance([...edition, ...listSampleForms()]);
describeEarlier(edition);
