import { describe, expect, it } from "vitest";
import { placeOfKept } from "../../../../src/subjects/python-code/kept-between.js";
import { readProject } from "../../../../src/subjects/python-code/project.js";
import { writeProject } from "../../../support/python/python-project.js";

async function placeIn(worker: string): Promise<string> {
  await using project = await writeProject({
    "api.py":
      "from flask import Flask\nfrom jobs import q\napp = Flask(__name__)\nasked = []\ndef ask():\n    asked.append(1)\n",
    "jobs.py": 'from hotqueue import HotQueue\nq = HotQueue("queue", host="127.0.0.1", db=1)\n',
    "worker.py": `from jobs import q\n${worker}`,
  });
  return placeOfKept(await readProject(project.folder));
}

const WORK = "@q.worker\ndef work(jid):\n";

describe("what may be left of one job in the next", () => {
  it.each([
    ["a list that grows", `values = []\n${WORK}    values.append(jid)\nwork()\n`, "worker.py:5: "],
    ["a dictionary", `seen = {}\n${WORK}    seen[jid] = 1\nwork()\n`, "worker.py:5: "],
    ["a sum", `found = list()\n${WORK}    global found\n    found += [jid]\nwork()\n`, "worker.py:6: "],
    [
      "a figure",
      `import matplotlib.pyplot as plt\nfig, ax = plt.subplots()\n${WORK}    ax.plot([1])\nwork()\n`,
      "worker.py:6: ",
    ],
    [
      "the figure of all",
      `import matplotlib.pyplot as plt\n${WORK}    plt.bar([1], [2])\nwork()\n`,
      "worker.py:5: ",
    ],
  ])("is %s", async (_, worker, at) => {
    expect(await placeIn(worker)).toBe(at);
  });

  it.each([
    ["a list of the function", `${WORK}    values = []\n    values.append(jid)\nwork()\n`],
    ["a list that is only read", `NAMES = ["a"]\n${WORK}    print(NAMES[0])\nwork()\n`],
    [
      "a figure of its own",
      `import matplotlib.pyplot as plt\n${WORK}    plt.figure()\n    plt.bar([1], [2])\nwork()\n`,
    ],
    ["what the API keeps", `${WORK}    print(jid)\nwork()\n`],
  ])("is not %s", async (_, worker) => {
    expect(await placeIn(worker)).toBe("");
  });
});
