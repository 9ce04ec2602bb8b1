import { TqError } from "../../../errors.js";

interface Explanation {
  code: string;
  pattern: RegExp;
  says: string;
  hint: string;
}

/** What kubectl says where the machine or the cluster is in the way; the first that fits counts. */
const EXPLANATIONS: readonly Explanation[] = [
  {
    code: "no-context",
    pattern:
      /current-context is not set|no configuration has been provided|context .* does not exist|context was not found|no context exists|server localhost:8080 was refused/i,
    says: "kubectl has no context: it does not know which cluster to talk to",
    hint: "kubectl config get-contexts   lists what there is; kubectl config use-context <name> chooses.\nA cluster of your own: https://kind.sigs.k8s.io or https://minikube.sigs.k8s.io",
  },
  {
    code: "no-credentials",
    pattern:
      /unauthorized|must be logged in|getting credentials|token (has|is) expired|exec plugin|provide credentials|^error: EOF$/im,
    says: "the cluster does not know you: your credentials are missing or have expired",
    hint: "Log in to the cluster again, as its operator tells you; then: kubectl get pods",
  },
  {
    code: "bad-certificate",
    pattern: /x509:|certificate (signed by|has expired|is not valid)/i,
    says: "the cluster's certificate is not accepted",
    hint: "The context's address or certificate is not the cluster's any more: fetch its configuration again",
  },
  {
    code: "namespace-stuck",
    pattern: /because it is being terminated/i,
    says: "the namespace is being removed, and takes nothing new",
    hint: "Wait until it is gone:  kubectl get namespaces",
  },
  {
    code: "quota",
    pattern: /exceeded quota|must specify limits|maximum .* usage per/i,
    says: "a quota of the cluster does not allow so much",
    hint: "kubectl describe quota   shows it; ask the operator, or remove what you do not need",
  },
  {
    code: "port-taken",
    pattern: /provided port is already allocated/i,
    says: "a port of the cluster's machines is taken",
    hint: "Leave nodePort out: the cluster then chooses one",
  },
  {
    code: "pod-security",
    pattern: /is forbidden: violates PodSecurity/i,
    says: "the cluster does not let such pods run",
    hint: "It names the fields. Whether they may be otherwise, its operator knows; on a cluster of your own (kind, minikube) they may",
  },
  {
    code: "no-permission",
    pattern: /\(forbidden\)|is forbidden|cannot \w+ resource/i,
    says: "you have no permission for that on this cluster",
    hint: "kubectl auth can-i create namespaces   says what you may do. Ask the operator, or take a cluster of your own (kind, minikube)",
  },
  {
    code: "cluster-unreachable",
    pattern:
      /unable to connect to the server|connection to the server .* was refused|connection refused|i\/o timeout|no such host|handshake timeout|context deadline exceeded|deadline exceeded|timed out|no route to host|serviceunavailable|currently unable to handle|etcdserver|failed to download openapi|error dialing backend/i,
    says: "the cluster of the current context does not answer",
    hint: "Does it run?  kubectl cluster-info   (minikube start, or docker start with kind's container, brings a stopped one back)",
  },
];

/** The program that kubectl ran in a pod has failed, and what it printed is its own. */
const OF_A_PROGRAM = /^command terminated with exit code \d+$/m;

/** Null where what kubectl said is not about the machine: then it is about what it was given. */
export function explainKubectl(stderr: string, context: string | null): TqError | null {
  if (OF_A_PROGRAM.test(stderr)) return null;
  const found = EXPLANATIONS.find(({ pattern }) => pattern.test(stderr));
  if (!found) return null;
  const where = context === null || found.code === "no-context" ? "" : ` (context ${context})`;
  // Advice may follow it, of several lines.
  const line = linesOf(stderr).findLast((one) => found.pattern.test(one)) ?? lastLine(stderr);
  return new TqError(`${found.says}${where}: ${line}`, { code: found.code, exitCode: 3, hint: found.hint });
}

/** What kubectl logs before it comes to the point is left out. */
export function lastLine(stderr: string): string {
  return linesOf(stderr).at(-1) ?? "it said nothing";
}

/** Without its log, an entry of which may have several lines. */
function linesOf(stderr: string): string[] {
  return stderr
    .replace(/^[EWI]\d{4} .*err=<\n[^]*?\n >$/gm, "")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !/^[EWI]\d{4} /.test(line));
}
