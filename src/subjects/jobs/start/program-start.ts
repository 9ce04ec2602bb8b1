import { type FilePlace } from "./container-files.js";

/** How one program of a student's is started: as it stands in its folder, package or image. */
export interface ProgramStart {
  target:
    | { kind: "file"; file: string }
    | { kind: "module"; name: string }
    | { kind: "app"; module: string; name: string };
  args: readonly string[];
  /** The folder in which it runs, relative to the student's: "" is that itself, ".." the one above. */
  within: string;
  /** Folders in which it finds modules besides, relative to the student's. */
  paths: readonly string[];
  variables: Readonly<Record<string, string>>;
  places: readonly FilePlace[];
  /** Its container's working folder; "" where that is not known. */
  containerFolder: string;
}

/** As a person types it in the folder in which it runs. */
export function shownCommand({
  target,
  args,
  within,
}: Pick<ProgramStart, "target" | "args" | "within">): string {
  const rest = args.length === 0 ? "" : ` ${args.join(" ")}`;
  if (target.kind === "module") return `python -m ${target.name}${rest}`;
  if (target.kind === "app")
    return `the application ${target.name === "" ? "" : `${target.name} `}of ${target.module}`;
  const inside = within !== "" && target.file.startsWith(`${within}/`);
  return `python ${inside ? target.file.slice(within.length + 1) : target.file}${rest}`;
}
