import { asFields, asList, asText, type Fields } from "../manifests/manifest.js";

/** A trouble that the pod itself tells; `time`: it may still mend itself. */
interface OwnDoing {
  reason: string;
  whose: "student" | "time";
  says: string;
  next: string;
  suspect?: true;
}

/** Kubernetes starts a container again after longer and longer pauses; so many starts are no accident. */
export const MANY_RESTARTS = 3;
/** What the machine's program says before it comes to the point. */
const PREAMBLE = /^.*unable to start container process: |: unknown$/gs;

/** What a pod says that decides by itself: nothing that comes later changes it. `told` are its events, as `Killing: …`. */
export function findOwnDoing(pod: Fields, told: readonly string[]): OwnDoing | null {
  const status = asFields(pod["status"]);
  const states = [...asList(status["initContainerStatuses"]), ...asList(status["containerStatuses"])].map(
    asFields,
  );
  for (const state of states) {
    const trouble = findInContainer(state, told);
    if (trouble) return trouble;
  }
  const missing = told.findLast((text) => /^FailedMount: .*(configmap|secret) "[^"]*" not found/s.test(text));
  const isStarting = states.some(
    (one) => asFields(asFields(one["state"])["waiting"])["reason"] === "ContainerCreating",
  );
  if (missing !== undefined && isStarting) {
    return {
      reason: "FailedMount",
      // It may be on its way.
      whose: "time",
      suspect: true,
      says: missing,
      next: "write the ConfigMap or Secret that the volume names, or make the names the same",
    };
  }
  const name = asText(asFields(pod["metadata"])["name"]);
  const reason = asText(status["reason"]);
  const message = asText(status["message"]);
  const phase = asText(status["phase"]);
  if (phase === "Succeeded") {
    return {
      reason: "Completed",
      whose: "student",
      says: `the pod ${name} has come to its end, and its restartPolicy does not start it again`,
      next: "remove restartPolicy, and give it a command that lasts",
    };
  }
  if (phase !== "Failed") return null;
  if (reason === "Evicted" && /exceeds the (total )?limit|usage exceeds/i.test(message)) {
    return {
      reason,
      whose: "student",
      says: `the pod ${name} wrote more than its limit of ephemeral-storage allows, and was ended`,
      next: "raise resources: limits: ephemeral-storage, or write into a volume",
    };
  }
  const ended = states.map((one) => asFields(asFields(one["state"])["terminated"]));
  const code = ended.map(({ exitCode }) => Number(exitCode ?? 0)).find((one) => one !== 0);
  if (code === undefined || reason !== "") return null;
  return {
    reason: "Failed",
    whose: "student",
    says: `the pod ${name} ended with exit code ${code}, and its restartPolicy does not start it again`,
    next: `kubectl logs ${name}   shows its last words`,
  };
}

function findInContainer(state: Fields, told: readonly string[]): OwnDoing | null {
  const container = asText(state["name"]);
  const image = asText(state["image"]);
  const waiting = asFields(asFields(state["state"])["waiting"]);
  const reason = asText(waiting["reason"]);
  const message = asText(waiting["message"]);
  const ended = asFields(asFields(state["lastState"])["terminated"]);
  if (/pull|image/i.test(reason) && /invalid reference format/i.test(message)) {
    const why = /repository name must be lowercase/.exec(message)?.[0];
    return {
      reason,
      whose: "student",
      says: `${image} cannot be the name of an image${why === undefined ? "" : `: ${why}`}`,
      next: "write it in small letters, as name:version",
    };
  }
  if (reason === "CreateContainerConfigError" && /runAsNonRoot/.test(message)) {
    return {
      reason,
      whose: "student",
      says: `the container ${container} may not run as root (runAsNonRoot), and its image does`,
      next: "add beside runAsNonRoot: runAsUser: 1000   or remove it",
    };
  }
  if (/StartError|ContainerCannotRun/.test(asText(ended["reason"])) && reason !== "") {
    return {
      reason: "RunContainerError",
      whose: "student",
      says: `the container ${container} cannot be started: ${asText(ended["message"]).replace(PREAMBLE, "")}`,
      next: "look at command and args: is that a program of the image?",
    };
  }
  const probe = told.findLast((text) => /Liveness probe failed/.test(text));
  if (reason !== "CrashLoopBackOff" || !told.some((text) => /failed liveness probe/.test(text))) return null;
  return {
    reason: "Unhealthy",
    whose: Number(state["restartCount"] ?? 0) >= MANY_RESTARTS ? "student" : "time",
    suspect: true,
    says: `the container ${container} is ended and started again, because its livenessProbe fails${probe === undefined ? "" : `: ${probe.replace(/^.*?Liveness probe failed: /, "")}`}`,
    next: "let the probe ask what the container answers, or remove it",
  };
}
