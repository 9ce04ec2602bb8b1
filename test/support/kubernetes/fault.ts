/** A correct answer of `test/data/manifests`, with one fault in it. */
export interface Fault {
  style: string;
  file: string;
  find: string;
  put: string;
  /** The step that tells it, and what it calls it. */
  step: string;
  mistake: string;
  /** Part of the line that must be named; it stands there once after the change. */
  line: string;
}

export function fault(
  [style, file]: readonly [string, string],
  [find, put]: readonly [string, string],
  [step, mistake, line]: readonly [string, string, string],
): Fault {
  return { style, file, find, put, step, mistake, line };
}

/** The files of a style, one of them changed; `find` stands there once. */
export function changeFile<File extends { path: string; text: string }>(
  files: readonly File[],
  { file, find, put }: Pick<Fault, "file" | "find" | "put">,
): File[] {
  return files.map((one) => {
    if (one.path !== file) return one;
    const parts = one.text.split(find);
    if (parts.length !== 2) throw new Error(`${find} stands ${parts.length - 1} times in ${file}`);
    return { ...one, text: parts.join(put) };
  });
}

/** The files of some styles. */
export const one = ["one-file", "k8s.yaml"] as const;
export const many = (file: string) => ["many-files", `kubernetes/app-test-${file}.yml`] as const;
export const json = ["json", "everything.json"] as const;
export const stateful = ["stateful-set", "redis.yaml"] as const;
export const list = ["list", "all.yml"] as const;
export const older = (file: string) => ["older-style", `${file}.yml`] as const;
