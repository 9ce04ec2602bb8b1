import { existsSync, statSync } from "node:fs";
import { posix } from "node:path";
import { type ComposeProject } from "../../../compose/project.js";
import { readImageFiles } from "../../../compose/image-files.js";
import { type Service } from "../../../compose/service.js";
import { shownFrom } from "../../../compose/document.js";

import { findSimilar } from "../../../text/similar.js";
import { type ContainerFault, fault } from "./fault.js";

/** What keeps an image from being built. */
export function findBuildFaults({ root, services, activeProfiles }: ComposeProject): ContainerFault[] {
  const seen = new Set<string>();
  // What is not started is not built either.
  const isStarted = ({ profiles }: Service): boolean =>
    profiles.length === 0 || profiles.some((one) => activeProfiles.includes(one));
  return services
    .filter(isStarted)
    .flatMap((service) => ofService(service, root))
    .filter(({ kind, file, line }) => {
      const key = `${kind} ${file} ${line}`;
      return !seen.has(key) && seen.add(key);
    });
}

function ofService(service: Service, root: string): ContainerFault[] {
  const { name, build, dockerfile, at, envFiles } = service;
  const absent = envFiles.find(({ required, isThere }) => required && !isThere);
  if (absent) {
    return [
      fault(
        "env-file-missing",
        at("env_file"),
        `${name} takes variables from ${absent.shown}, and there is no such file: Compose starts nothing`,
        `write ${absent.shown}, with lines NAME=value, or take env_file: away`,
      ),
    ];
  }
  if (!build || build.isRemote) return [];
  const context = shownFrom(root, build.context) || ".";
  if (!statSync(build.context, { throwIfNoEntry: false })?.isDirectory()) {
    return [
      fault(
        "no-build-folder",
        at("build"),
        `${name} is built in the folder ${context}, and there is none`,
        "build: . is the folder of the Compose file; name the one in which the Dockerfile is",
      ),
    ];
  }
  if (build.path !== "" && !existsSync(build.path)) {
    const shown = shownFrom(root, build.path);
    return [
      fault(
        "no-dockerfile",
        at("build"),
        `${name} is built from ${shown}, and there is no such file`,
        `write ${shown}: FROM python:3.14, WORKDIR, COPY, RUN pip install, CMD`,
      ),
    ];
  }
  if (!dockerfile) {
    const says = build.target === "" ? "it has no line FROM" : `it has no stage ${build.target}`;
    const where = { file: shownFrom(root, build.path), line: 1, text: "" };
    return [
      fault(
        "no-dockerfile",
        where,
        `${name} is built from it, and ${says}`,
        "begin it with FROM python:3.14",
      ),
    ];
  }
  return [...findMissingCopies(service, context), ...findRequirements(service, context)];
}

function findMissingCopies(service: Service, context: string): ContainerFault[] {
  const { files, missing } = readImageFiles(service);
  const names = [...files.values()].map((path) => posix.basename(path));
  return missing.map(({ source, copy }) => {
    const isRequirements = /requirements.*\.txt$|pyproject\.toml$|uv\.lock$/.test(source);
    const similar = findSimilar(posix.basename(source), names);
    return fault(
      isRequirements ? "no-requirements" : "copies-nothing",
      copy,
      `there is no ${source} in ${context}, the folder in which ${service.name} is built: the build ends here`,
      isRequirements
        ? `write ${posix.join(context, source)}: a package a line, such as redis, hotqueue and Flask`
        : similar === null
          ? "copy what is there, by a path from the folder of build:"
          : `the file is called ${similar}`,
    );
  });
}

/** `pip install -r` of a file that is not in the image at that line. */
function findRequirements(
  { name, build, dockerfile, ...service }: Service,
  context: string,
): ContainerFault[] {
  if (!build || !dockerfile) return [];
  return dockerfile.runs.flatMap((run) => {
    if (run.hasMounts || /\bcd\b/.test(run.command)) return [];
    return [
      ...run.command.matchAll(/\bpip[\d.]*\s+install\b[^&;|]*?\s(?:-r\s*|--requirement[\s=])(\S+)/g),
    ].flatMap(([, given = ""]) => {
      if (/\$/.test(given)) return [];
      const path = posix.resolve(run.folder, given.replace(/^["']|["']$/g, ""));
      const before = dockerfile.copies.filter(({ line }) => line < run.line);
      const { files, isOpen } = readImageFiles({
        ...service,
        name,
        build,
        mounts: [],
        dockerfile: { ...dockerfile, copies: before, runs: [] },
      });
      if (isOpen || files.has(path)) return [];
      const isLater = readImageFiles({ ...service, name, build, mounts: [], dockerfile }).files.has(path);
      return [
        fault(
          "no-requirements",
          run,
          isLater
            ? `${given} is copied below this line, so the build does not find it here`
            : `${given} is not in the image: no COPY above brings it to ${path}`,
          isLater
            ? `put COPY ${given} . above this line`
            : `put COPY ${given} . above this line, and write ${posix.join(context, posix.basename(given))} where it lacks`,
        ),
      ];
    });
  });
}
