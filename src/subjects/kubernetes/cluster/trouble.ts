import { shellWord } from "../../../text/shell-word.js";
import { asFields, asList, asText, type Fields } from "../manifests/manifest.js";
import { findOwnDoing, MANY_RESTARTS } from "./own-doing.js";

/** What keeps a pod from being ready, and by whose doing; `time`: it may still come. */
export interface Trouble {
  /** Such as ImagePullBackOff, as the cluster calls it. */
  reason: string;
  whose: "student" | "machine" | "time";
  says: string;
  next: string;
  /** The name of the mistake, where it is a student's. */
  mistake?: string;
  /** With `time`: what does not come after all is the student's doing, and not the machine's slowness. */
  suspect?: true;
}

/** A registry that was not reached, or refused for another reason than the image's name. */
const REGISTRY_AWAY =
  /no such host|i\/o timeout|connection refused|connection reset|handshake timeout|toomanyrequests|rate limit|deadline exceeded|no route to host|network is unreachable|server misbehaving|x509|503|502|EOF/i;

/** A probe that has failed so often, every ten seconds if nothing else is said, does not wait for a slow beginning. */
const MANY_PROBES = 6;

/**
 * What is wrong with a pod, as the Kubernetes API describes it: https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#PodStatus
 * `events` are those of the same namespace, `claims` its PersistentVolumeClaims. Null where it is ready.
 */
export function findTrouble(
  pod: Fields,
  events: readonly Fields[],
  claims: readonly Fields[],
): Trouble | null {
  const status = asFields(pod["status"]);
  const name = nameOf(pod);
  const told = messagesFor(name, events);
  const states = [...asList(status["initContainerStatuses"]), ...asList(status["containerStatuses"])].map(
    asFields,
  );
  const own = findOwnDoing(pod, told);
  if (own) return own;
  for (const state of states) {
    const trouble = findContainerTrouble(state, told);
    if (trouble) return trouble;
  }
  const scheduled = conditionOf(status, "PodScheduled");
  if (asText(scheduled["status"]) === "False")
    return explainPending(asText(scheduled["message"]), claims, events);
  if (asText(conditionOf(status, "Ready")["status"]) === "True") return null;
  if (asText(status["phase"]) === "Failed") {
    return {
      reason: asText(status["reason"]) || "Failed",
      whose: /Evicted|NodeLost|Shutdown/.test(asText(status["reason"])) ? "machine" : "student",
      says: `the pod ${name} has failed: ${asText(status["message"]) || asText(status["reason"])}`,
      next: `kubectl describe pod ${name}`,
    };
  }
  const mount = told.findLast((text) => /^(FailedMount|FailedAttachVolume)/.test(text));
  const probe = told.findLast((text) => /^Unhealthy/.test(text));
  return {
    reason: mount ? "FailedMount" : probe ? "Unhealthy" : "NotReady",
    whose: probe !== undefined && countProbes(name, events) >= MANY_PROBES ? "student" : "time",
    says: mount ?? probe ?? `the pod ${name} is not ready yet (${asText(status["phase"]) || "Pending"})`,
    next: `kubectl describe pod ${name}`,
    ...(probe !== undefined && { suspect: true, mistake: "probe-fails" }),
  };
}

function findContainerTrouble(state: Fields, told: readonly string[]): Trouble | null {
  const container = asText(state["name"]);
  const image = asText(state["image"]);
  const waiting = asFields(asFields(state["state"])["waiting"]);
  const reason = asText(waiting["reason"]);
  const message = asText(waiting["message"]);
  switch (reason) {
    case "ErrImagePull":
    case "ImagePullBackOff":
    case "RegistryUnavailable":
      return explainPull(
        reason,
        image,
        [message, ...told.filter((text) => /pull/i.test(text))].join("\n").trim(),
      );
    case "InvalidImageName":
      return {
        reason,
        whose: "student",
        says: `${image} cannot be the name of an image`,
        next: "write it in small letters, as name:version",
      };
    case "ErrImageNeverPull":
      return {
        reason,
        whose: "student",
        mistake: "image-never-fetched",
        says: `the image ${image} is not on the cluster's machine, and imagePullPolicy: Never forbids to fetch it`,
        next: `load it (kind load docker-image ${image}, or minikube image load ${image}), or push it and remove the policy`,
      };
    case "CreateContainerConfigError":
      return {
        reason,
        whose: "student",
        mistake: "not-configured",
        says: `the container ${container} cannot be configured: ${message}`,
        next: "write the ConfigMap or Secret that it names, or make the names the same",
      };
    case "CreateContainerError":
    case "RunContainerError":
      return {
        reason,
        whose: "student",
        mistake: "no-such-program",
        says: `the container ${container} cannot be started: ${message}`,
        next: "look at command and args: is that a program of the image?",
      };
    case "CrashLoopBackOff":
      return explainCrash(state, container);
    default:
      return null;
  }
}

function explainPull(reason: string, image: string, why: string): Trouble {
  // "not found" is what a registry says that was reached; the name server's "no such host" is not.
  const away = REGISTRY_AWAY.exec(why)?.[0];
  const unknown =
    /not found|does not exist|manifest unknown|access denied|authorization|unauthorized|insufficient_scope/i.test(
      why.replace(/no such host/gi, ""),
    );
  if (away !== undefined && !unknown) {
    return {
      reason,
      whose: "machine",
      says: `the image ${image} could not be fetched, because the registry was not reached: ${away}`,
      next: "wait and try again; on a cluster without a network, load the image first (kind load docker-image, minikube image load)",
    };
  }
  if (unknown) {
    return {
      reason,
      whose: "student",
      mistake: "image-not-found",
      says: `there is no image ${image}, or it is not public`,
      next: "look at its name and version for a typing error; an image of your own must be pushed first",
    };
  }
  return {
    reason,
    whose: "time",
    says: `the image ${image} could not be fetched yet${why === "" ? "" : `: ${why.split("\n")[0] ?? ""}`}`,
    next: `kubectl describe pod   shows why; docker pull ${shellWord(image)} tries the same here`,
  };
}

function explainCrash(state: Fields, container: string): Trouble {
  const ended = asFields(asFields(state["lastState"])["terminated"]);
  const code = Number(ended["exitCode"] ?? 0);
  const restarts = Number(state["restartCount"] ?? 0);
  const reason = asText(ended["reason"]);
  const base = {
    reason: "CrashLoopBackOff",
    // What waits for Redis may fail once or twice until it is there.
    whose: restarts >= MANY_RESTARTS || code === 0 ? "student" : "time",
  } as const;
  if (reason === "OOMKilled") {
    return {
      ...base,
      whose: "student",
      mistake: "out-of-memory",
      says: `the container ${container} used more memory than its limit, and was ended`,
      next: "raise resources: limits: memory",
    };
  }
  if (code === 0) {
    return {
      ...base,
      mistake: "ends-at-once",
      says: `the container ${container} came to its end at once (exit code 0), and is started again and again`,
      next: 'give it a command that lasts: command: ["sleep", "9999999"] for the debug pods',
    };
  }
  return {
    ...base,
    suspect: true,
    mistake: "crash-loop",
    says: `the container ${container} ended with exit code ${code}, and was started ${restarts} times again`,
    next: "kubectl logs --previous <pod>   shows its last words",
  };
}

function explainPending(message: string, claims: readonly Fields[], events: readonly Fields[]): Trouble {
  const missing = /persistentvolumeclaim "([^"]+)" not found/.exec(message)?.[1];
  if (missing !== undefined) {
    return {
      reason: "Pending",
      whose: "student",
      says: `the pod waits for a claim ${missing}, and there is none`,
      next: `write a PersistentVolumeClaim whose name is ${missing}`,
    };
  }
  if (/unbound immediate PersistentVolumeClaims/i.test(message)) return explainUnbound(claims, events);
  if (/didn't match Pod's node (affinity|selector)/.test(message) && !/Insufficient/.test(message)) {
    return {
      reason: "Pending",
      whose: "student",
      says: `no machine of the cluster is as the pod's nodeSelector or affinity wants it: ${message}`,
      next: "remove nodeSelector and affinity, or take labels that a machine has: kubectl get nodes --show-labels",
    };
  }
  return {
    reason: "Pending",
    whose: /Insufficient|didn't match|taint|nodes are available/i.test(message) ? "machine" : "time",
    says: `no machine of the cluster takes the pod: ${message}`,
    next: /Insufficient/.test(message)
      ? "ask for less (resources: requests), or remove what you do not need from the cluster"
      : "kubectl describe nodes   shows what they lack",
  };
}

/** What is said of a claim that nothing will bind; any other is bound a moment after it was made. */
const UNBINDABLE = /^(?:FailedBinding|ProvisioningFailed): /;

function explainUnbound(claims: readonly Fields[], events: readonly Fields[]): Trouble {
  const pending = claims.find((claim) => asText(asFields(claim["status"])["phase"]) === "Pending");
  const wanted = asText(asFields(pending?.["spec"])["storageClassName"]);
  const name = pending ? nameOf(pending) : "its claim";
  const isRefused = messagesFor(name, events).some((text) => UNBINDABLE.test(text));
  if (asFields(pending?.["spec"])["storageClassName"] === "") {
    return {
      reason: "Pending",
      whose: isRefused ? "student" : "time",
      suspect: true,
      says: `the claim ${name} wants storage that somebody has made by hand (storageClassName: ""), and there is none`,
      next: "leave storageClassName out; the cluster then takes its own (kubectl get storageclass)",
    };
  }
  if (!isRefused) {
    return {
      reason: "Pending",
      whose: "time",
      says: `the claim ${name} is not bound yet`,
      next: `kubectl describe persistentvolumeclaim ${name}   shows what it waits for`,
    };
  }
  // A class that the manifest names is the student's choice; that there is none to be had is the cluster's.
  return wanted === ""
    ? {
        reason: "Pending",
        whose: "machine",
        says: `the claim ${name} is not bound: the cluster has no storage to give by itself`,
        next: "kubectl get storageclass   must show a default one; minikube and kind bring it",
      }
    : {
        reason: "Pending",
        whose: "student",
        mistake: "storage-class",
        says: `the claim ${name} wants storage of the class ${wanted}, and gets none`,
        next: "leave storageClassName out; the cluster then takes its own (kubectl get storageclass)",
      };
}

function conditionOf(status: Fields, type: string): Fields {
  return (
    asList(status["conditions"])
      .map(asFields)
      .find((one) => one["type"] === type) ?? {}
  );
}

export function nameOf(object: Fields): string {
  return asText(asFields(object["metadata"])["name"]);
}

function countProbes(name: string, events: readonly Fields[]): number {
  return events
    .filter((event) => asText(asFields(event["involvedObject"])["name"]) === name)
    .filter((event) => event["reason"] === "Unhealthy")
    .reduce((sum, event) => sum + Number(event["count"] ?? asFields(event["series"])["count"] ?? 1), 0);
}

/** As `Failed: …`, oldest first. */
function messagesFor(name: string, events: readonly Fields[]): string[] {
  return events
    .filter((event) => asText(asFields(event["involvedObject"])["name"]) === name)
    .map((event) => `${asText(event["reason"])}: ${asText(event["message"])}`);
}
