import { describeOddFolders } from "./support/odd-folders.js";

describeOddFolders({
  runs: Number(process.env["TQ_ODD_RUNS"] ?? 200),
  exercises: [2, 3, 4, 5, 6, 7, 8, 9, 10],
});
