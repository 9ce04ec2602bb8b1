import { HERE } from "../../draft.js";
import { type FormChoices } from "../ways.js";
import { type FormDraft, type FormMistake } from "../form-draft.js";

/** Of one image for both, whose command Compose says. */
const isOneImage = ({ layout }: FormChoices): boolean => layout !== "folders";

/** The line that sets a variable, in whichever file does. */
const SETTERS: Record<FormChoices["setIn"], RegExp> = {
  list: /^( +- REDIS_\w+=)(.*)$/gm,
  map: /^( +REDIS_\w+: )(.*)$/gm,
  env_file: /^(REDIS_\w+=)(.*)$/gm,
  ".env": /^(REDIS_\w+=)(.*)$/gm,
  dockerfile: /^(ENV REDIS_\w+=)(.*)$/gm,
};

/** The file that sets the variables. */
function setterOf({ choices, compose, dockerfile }: FormDraft): string {
  switch (choices.setIn) {
    case "list":
    case "map":
      return compose;
    case "dockerfile":
      return dockerfile;
    case "env_file":
      return compose.replace(/[^/]*$/, "app.env");
    case ".env":
      return compose.replace(/[^/]*$/, ".env");
  }
}

/** Mistakes in Compose files and Dockerfiles, which show at the latest when the containers start. */
export const CONTAINERS = {
  "no-dockerfile": {
    when: isOneImage,
    make: (draft) => {
      draft.remove(draft.dockerfile).point(draft.compose, /^ {4}build:/);
    },
    says: [/Dockerfile/],
    as: "step",
  },
  "requirements-missing": {
    when: ({ image }) => image === "pip",
    make: (draft) => {
      draft.remove(draft.requirements).point(draft.dockerfile, /^COPY requirements/);
    },
    says: [/requirements\.txt/],
    as: "step",
  },
  "worker-runs-the-api": {
    when: ({ layout, server }) => (layout === "flat" || layout === "web_app") && server === "file",
    make: (draft) => {
      draft
        .change(draft.compose, /^( {2}worker:\n(?:.*\n)*?) {4}command: .*\n/m, `$1`)
        .point(draft.compose, /^ {2}worker:/)
        .change(draft.dockerfile, /$/, `CMD ["python", "${draft.places.api.replace(/.*\//, "")}"]\n`);
    },
    says: [/worker/, /API|api\b|command|CMD/],
    as: "step",
  },
  "worker-command-misspelt": {
    when: (choices) => isOneImage(choices),
    make: (draft) => {
      draft.change(draft.compose, /^( {4}command: (?:uv run )?python .*)worker(.*)$/m, `$1wroker$2${HERE}`);
    },
    says: [/wroker/],
    as: "step",
  },
  "copies-nothing": {
    when: ({ layout }) => layout === "flat" || layout === "src" || layout === "web_app",
    make: (draft) => {
      draft
        .change(draft.dockerfile, /^COPY (?!--from|requirements|pyproject|uv\.lock).*\n/m, "")
        .point(draft.dockerfile, /^COPY|^WORKDIR(?![\s\S]*^COPY)/);
    },
    says: [/COPY|copies|copied|image has no|not in the image/],
    as: "step",
  },
  "listens-inside": {
    when: ({ server, others }) => server === "file" && others !== "FLASK_IP",
    make: (draft) => {
      draft.change(draft.places.api, /^( {4}.*)host='0\.0\.0\.0'(.*)$/m, `$1host='127.0.0.1'$2${HERE}`);
    },
    says: [/127\.0\.0\.1/, /0\.0\.0\.0/],
    as: "step",
  },
  "port-of-nobody": {
    make: (draft) => {
      draft.change(draft.compose, /"5000:5000"/, `"5000:8080"${HERE}`);
    },
    says: [/8080/],
    as: "step",
  },
  "variable-to-itself": {
    when: ({ variables }) =>
      variables === "REDIS_IP" || variables === "required" || variables === "REDIS_HOST",
    make: (draft) => {
      const path = setterOf(draft);
      draft.change(path, SETTERS[draft.choices.setIn], `$1127.0.0.1${HERE}`);
    },
    says: [/127\.0\.0\.1/],
    as: "step",
  },
  "variable-unset": {
    when: ({ setIn, variables }) => setIn === ".env" && variables === "REDIS_PORT",
    make: (draft) => {
      draft
        .change(draft.compose.replace(/[^/]*$/, ".env"), /^REDIS_PORT=.*\n/m, "")
        .point(draft.compose, /REDIS_PORT/);
    },
    says: [/REDIS_PORT/, /set/],
    as: "step",
  },
  "env-file-missing": {
    when: ({ setIn }) => setIn === "env_file",
    make: (draft) => {
      draft.remove(draft.compose.replace(/[^/]*$/, "app.env")).point(draft.compose, /env_file/);
    },
    says: [/app\.env/],
    as: "step",
  },
  "worker-behind-a-profile": {
    make: (draft) => {
      draft.change(draft.compose, /^ {2}worker:\n/m, `$&    profiles: [work]${HERE}\n`);
    },
    says: [/profile/],
    as: "step",
  },
  "networks-apart": {
    make: (draft) => {
      draft
        .change(draft.compose, /^ {2}worker:\n/m, `$&    networks: [back]${HERE}\n`)
        .change(draft.compose, /$/, "networks:\n  back: {}\n");
    },
    says: [/network/],
    as: "step",
  },
  "container-name": {
    make: (draft) => {
      draft.change(draft.compose, /^ {2}worker:\n/m, `$&    container_name: the-worker${HERE}\n`);
    },
    says: [/container_name/],
    as: "step",
  },
  "worker-publishes-a-port": {
    make: (draft) => {
      draft.change(draft.compose, /^ {2}worker:\n/m, `$&    ports:\n      - "5001:5001"${HERE}\n`);
    },
    says: [/5001/, /scale|three|--scale/],
    as: "step",
  },
} satisfies Record<string, FormMistake>;
