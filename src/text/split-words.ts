/** Plain characters and escaped ones, quoted text, and the space between words. */
const PIECE = /\\([\s\S])|'([^']*)'?|"((?:\\[\s\S]|[^"\\])*)"?|(\s+)|([^\s\\'"]+|\\$)/g;

/** The words of a command line, as a POSIX shell splits it; nothing is expanded. */
export function splitWords(text: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  for (const [, escaped, single, double, space, plain] of text.matchAll(PIECE)) {
    if (space === undefined) {
      const quoted = double?.replace(/\\(["\\$`])/g, "$1");
      word = (word ?? "") + (escaped ?? single ?? quoted ?? plain ?? "");
    } else {
      if (word !== undefined) words.push(word);
      word = undefined;
    }
  }
  return word === undefined ? words : [...words, word];
}
