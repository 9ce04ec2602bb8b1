import { describe, expect, it } from "vitest";
import { HERE } from "./variants/draft.js";
import { listForms } from "./variants/forms/forms.js";
import { listMistakenForms } from "./variants/forms/mistakes.js";
import { UNNAMED } from "./variants/forms/unnamed.js";

const mistaken = listMistakenForms(listForms());

describe("the mistakes in programs of other forms", () => {
  it("are each made in three programs", () => {
    const counts = new Map<string, number>();
    for (const { mistake } of mistaken) counts.set(mistake, (counts.get(mistake) ?? 0) + 1);
    expect([...counts].filter(([, n]) => n !== 3)).toEqual([]);
  });

  it("the ones that are known to be named wrongly are among them", () => {
    const names = new Set(mistaken.map(({ name }) => name));
    expect([...UNNAMED].filter((name) => !names.has(name))).toEqual([]);
  });

  it.each(mistaken.map((one) => [one.name, one] as const))(
    "%s changes the program, and a line is pointed at",
    (_, { form, files, at }) => {
      expect(files).not.toEqual(form.files);
      for (const { file, line } of at) expect(files[file]?.split("\n")[line - 1]?.trim()).not.toBe("");
      expect(Object.values(files).join("")).not.toContain(HERE);
    },
  );
});
