/** Mistakes that exercise 7 does not name as yet, or not rightly. The list may only become shorter. */
export const UNNAMED: ReadonlySet<string> = new Set([
  "listens-inside in 004-flask-package-jobs-function-topic-output",
  "listens-inside in 047-flask-package-jobs-request-word-kind-jobs-id-results",
]);
