import { join } from "node:path";
import { type Docker } from "../../docker/docker.js";
import { TqError } from "../../errors.js";
import { IN_A_CONTAINER } from "./find-python.js";
import { type EnvironmentOptions, makeEnvironment } from "./make-environment.js";
import { PYTHON_IMAGE, PythonContainer } from "./python-container.js";

export interface PythonOptions extends EnvironmentOptions {
  docker: Docker;
  /** Absolute folder of tq's own files. */
  assets: string;
}

/** What tq made, and whether it is new. */
export interface MadePython {
  name: string;
  isNew: boolean;
}

/** There is no Python from which an environment could be made. */
const NO_BASE = new Set(["no-python", "venv-failed"]);

/**
 * Makes a Python that has what the exercises need: an environment of tq's own, or, where this machine has no Python
 * for one, or where `--python` says so, an image of which containers are run. Throws `TqError` (exit 3) where neither
 * can be made.
 */
export async function makePython(options: PythonOptions): Promise<MadePython> {
  const { python, report } = options;
  if (python === IN_A_CONTAINER) return await makeImage(options);
  try {
    return { name: "Python environment", isNew: await makeEnvironment(options) };
  } catch (error) {
    if (python !== undefined || !(error instanceof TqError) || !NO_BASE.has(error.code)) throw error;
    report(`${error.message}: a container is to do instead`);
    return await makeImage(options).catch((failure: unknown) => {
      throw failure instanceof TqError ? neither(error, failure) : failure;
    });
  }
}

async function makeImage({ docker, assets, home, report, signal }: PythonOptions): Promise<MadePython> {
  const container = new PythonContainer(docker, home, join(assets, "python"));
  return { name: `Python image ${PYTHON_IMAGE}`, isNew: await container.make({ report, signal }) };
}

function neither(environment: TqError, image: TqError): TqError {
  return new TqError(`${environment.message}, and no image could be made: ${image.message}`, {
    code: environment.code,
    exitCode: 3,
    hint: [environment.hint, image.hint].filter(Boolean).join("\n"),
    cause: image,
  });
}
