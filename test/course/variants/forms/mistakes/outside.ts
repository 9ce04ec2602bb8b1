import { HERE } from "../../draft.js";
import { type FormDraft, type FormMistake } from "../form-draft.js";
import { type FormChoices } from "../ways.js";

const isStartedByFile = ({ layout, server }: FormChoices): boolean =>
  ["flat", "src", "web_app"].includes(layout) && server === "file";

/** An own module that takes the place of one of Python's, for all that imports it. */
function hides(name: string, text: string): FormMistake {
  return {
    when: isStartedByFile,
    make: (draft) => {
      draft.write(draft.beside(`${name}.py`), `${text}${HERE}\n`);
    },
    says: [new RegExp(`\\b${name}\\.py`), /hides|rename|same name|another name/],
    never: /pip install/,
    as: "step",
    isWholeFile: true,
  };
}

function withoutTqYaml(draft: FormDraft): void {
  const { checked, api } = draft.places;
  draft.remove(checked === "" ? "tq.yaml" : `${checked}/tq.yaml`).point(api, /^URL = /);
}

/** Mistakes that lie between the program and what surrounds it: files, the web, packages, variables. */
export const OUTSIDE = {
  "hides-queue": hides("queue", "def add(one):\n    return [one]"),
  "hides-random": hides("random", "def number():\n    return 4"),
  "hides-types": hides("types", "KINDS = ['north', 'south']"),
  "data-file-missing": {
    when: ({ data }) => data === "file" || data === "beside",
    make: (draft) => {
      draft.remove(draft.places.dataFile).point(draft.places.api, /^ {4}with open\(/);
    },
    says: [/\.json/, /no such file|is not there|does not exist|lies elsewhere|missing/i],
    never: /another database|another key/,
    as: "step",
  },
  "data-file-elsewhere": {
    when: ({ data, layout }) => data === "file" && layout !== "package",
    make: (draft) => {
      draft.change(draft.places.api, /open\('.*'\)/, `open('/home/student/homework/data.json')${HERE}`);
    },
    says: [/\/home\/student\/homework\/data\.json/],
    never: /another database|another key/,
    as: "step",
  },
  "no-copy-of-the-web": {
    when: ({ data }) => data === "web",
    make: withoutTqYaml,
    says: [/data\.example\.org/, /web:|tq\.yaml|--allow-network/],
    as: "machine",
  },
  "no-copy-and-its-own-words": {
    when: ({ data, load }) => data === "web" && (load === "/data" || load === "/set"),
    make: (draft) => {
      withoutTqYaml(draft);
      const { api } = draft.places;
      const { topic, framework } = draft.choices;
      const answer =
        framework === "flask"
          ? "return jsonify({'error': 'it cannot be reached'}), 500"
          : "raise HTTPException(status_code=500, detail='it cannot be reached')";
      draft.change(
        api,
        new RegExp(`^ {4}${topic} = read_${topic}\\(\\)\\n`, "m"),
        `    try:\n        ${topic} = read_${topic}()\n    except Exception:\n        ${answer}\n`,
      );
    },
    says: [/data\.example\.org/, /web:|tq\.yaml|--allow-network/],
    as: "machine",
  },
  "load-breaks": {
    when: ({ stored, data }) => stored !== "text" && data !== "none" && data !== "start",
    make: (draft) => {
      draft.change(draft.places.api, /^( {8}rd\.h?set.*)one\['id'\](.*)/m, `$1one['nr']$2${HERE}`);
    },
    says: [/KeyError|\bnr\b/],
    never: /another database|another key/,
    as: "step",
  },
  "charset-of-redis-3": {
    when: ({ variables }) => variables !== "REDIS_URL",
    make: (draft) => {
      draft.change(draft.places.jobs, /^(jdb = redis.Redis\(.*)\)$/m, `$1, charset='utf-8')${HERE}`);
    },
    says: [/charset/, /redis/, /version|edition|older|newer|written for|since|from \d/],
    never: /def __init__/,
    as: "step",
  },
  "redis-not-pinned": {
    // A pool may say itself how long its connections wait.
    when: ({ image, variables }) => image === "pip" && variables !== "REDIS_URL",
    make: (draft) => {
      draft.change(draft.requirements, /^redis<8$/m, `redis${HERE}`);
    },
    says: [/redis/, /\b8\b/],
    as: "said",
  },
  "worker-wants-an-argument": {
    when: ({ others }) => others === "none",
    make: (draft) => {
      draft.addBelowImports(draft.places.worker, "import sys", `worker_name = sys.argv[1]${HERE}`);
    },
    says: [/argument|argv/],
    as: "step",
  },
} satisfies Record<string, FormMistake>;
