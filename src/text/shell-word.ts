import { CONTROL_CHARACTERS } from "./control-characters.js";

/** One word of a command, on one line, as a shell takes it: `$'…'` where there is a character that cannot be shown. */
export function shellWord(text: string): string {
  if (/^[\w.:/@-]+$/.test(text)) return text;
  if (text.search(CONTROL_CHARACTERS) < 0) return `'${text.replaceAll("'", "'\\''")}'`;
  return `$'${text.replace(/[\\']/g, "\\$&").replace(CONTROL_CHARACTERS, escape)}'`;
}

/** A file or folder as a word of a command: its name may begin with -, as an option does. */
export function fileWord(path: string): string {
  return shellWord(path.startsWith("-") ? `./${path}` : path);
}

/** A whole command; words that are "" are left out. */
export function shellCommand(...words: readonly string[]): string {
  return words.filter(Boolean).map(shellWord).join(" ");
}

const SHORT: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

function escape(character: string): string {
  const code = character.charCodeAt(0);
  return (
    SHORT[character] ?? `\\${code < 0x80 ? "x" : "u"}${code.toString(16).padStart(code < 0x80 ? 2 : 4, "0")}`
  );
}
