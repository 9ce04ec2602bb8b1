import { type Exercise, type Judgement, type Probes, type Step } from "../../src/course/authoring.js";
import { hints } from "./hints.js";
import {
  judgeRefusal,
  judgeClaim,
  judgeDebug,
  judgeExchange,
  judgePods,
  judgeProgram,
  judgeReading,
  judgeRedis,
  judgeRemoval,
  judgeService,
  judgeSharing,
} from "./rules/index.js";

/** The kinds of evidence that its checks ask for. */
type Evidence = "cluster";

type Cluster = Probes<Evidence>["cluster"];

async function judgeReady(cluster: Cluster): Promise<Judgement> {
  const applied = await cluster.applied();
  return applied.ok ? judgePods(await cluster.pods(), applied) : judgeRefusal(applied);
}

/** What was seen on another day does not make the pods of this run ready. */
async function onceReady(cluster: Cluster, judge: () => Promise<Judgement>): Promise<Judgement> {
  const ready = await judgeReady(cluster);
  return ready.verdict === "passed" ? judge() : ready;
}

const steps: Step<Evidence>[] = [
  {
    id: "8.1",
    title: "the manifests can be read, and a cluster would take them",
    needs: [],
    lasting: false,
    task: ({ tq }) =>
      `Describe what is to run in files: one object a file, or several with --- between\nthem. A beginning:\n\n    ${tq("exercise 8 --start")}\n\nEach object has apiVersion, kind and metadata: name. With kubectl, before a\ncluster is asked:\n\n    kubectl explain deployment.spec`,
    examine: async ({ cluster, place }) => judgeReading(await cluster.manifests(), place),
  },
  {
    id: "8.2",
    solution: ["redis.yml"],
    title: "a Deployment runs Redis",
    needs: ["8.1"],
    lasting: false,
    task: () =>
      "A Deployment with one pod of Redis:\n\n    replicas: 1, image redis:7, containerPort 6379\n\nIts selector's matchLabels and its template's labels are the same. A Redis\nthat runs in your namespace already, which no file here describes, counts too.",
    examine: async ({ cluster, place }) => judgeRedis(await cluster.manifests(), place),
  },
  {
    id: "8.3",
    solution: ["debug.yml"],
    title: "a debug Deployment has two Python pods",
    needs: ["8.1"],
    lasting: false,
    task: () =>
      'Two pods to work in, as python1 and python2 were with Compose:\n\n    replicas: 2, image python:3.14, command ["sleep", "9999999"]\n\nredis and hotqueue are installed in each, with pip.',
    examine: async ({ cluster, place }) => judgeDebug(await cluster.manifests(), place),
  },
  {
    id: "8.4",
    solution: ["redis.yml"],
    title: "a Service leads to Redis",
    needs: ["8.2"],
    lasting: false,
    task: () =>
      "A name that stays, whatever becomes of the pod: a Service that selects the\nlabels of Redis' pod, with port 6379. Call it redis-db.",
    examine: async ({ cluster, place }) => judgeService(await cluster.manifests(), place),
  },
  {
    id: "8.5",
    solution: ["redis.yml"],
    title: "a claim keeps what Redis saves",
    needs: ["8.2"],
    lasting: false,
    task: () =>
      "A PersistentVolumeClaim asks the cluster for storage. The pod has it as a\nvolume, and the container mounts that volume at /data.",
    examine: async ({ cluster, place }) => judgeClaim(await cluster.manifests(), place),
  },
  {
    id: "8.6",
    solution: ["api.yml"],
    title: "the API finds Redis by its Service's name",
    needs: ["8.4"],
    lasting: false,
    task: () =>
      "A Deployment for your API, with the image that you have pushed. Your code reads\nREDIS_IP, so the container has\n\n    env:\n      - name: REDIS_IP\n        value: redis-db",
    examine: async ({ cluster, place }) => judgeProgram("api", await cluster.manifests(), place),
  },
  {
    id: "8.7",
    solution: ["worker.yml"],
    title: "the workers find Redis by its Service's name",
    needs: ["8.4"],
    lasting: false,
    task: () =>
      "A Deployment of their own for the workers: the same image, another command, the\nsame variable. So their number can be changed without the API's.",
    examine: async ({ cluster, place }) => judgeProgram("worker", await cluster.manifests(), place),
  },
  {
    id: "8.8",
    title: "on a cluster, the pods get ready",
    needs: ["8.2", "8.3"],
    lasting: true,
    needsCluster: true,
    task: (place) =>
      `On a cluster that you may use, yourself:\n\n    kubectl apply -f .\n    kubectl get pods --watch\n\ntq does it in a namespace of its own and removes it again; it asks first. In\nanother terminal:\n\n    ${place.tq("exercise 8 --check")}`,
    examine: ({ cluster }) => judgeReady(cluster),
  },
  {
    id: "8.9",
    title: "messages put in one pod are consumed in the other",
    needs: ["8.4", "8.8"],
    lasting: true,
    needsCluster: true,
    task: () =>
      'Exercise 1 again, between two pods. In two terminals, each with another pod:\n\n    kubectl get pods\n    kubectl exec -it <pod> -- python\n\nand in both\n\n    from hotqueue import HotQueue\n    q = HotQueue("queue", host="redis-db", port=6379, db=1)',
    examine: ({ cluster }) => onceReady(cluster, async () => judgeExchange(await cluster.exchange())),
  },
  {
    id: "8.10",
    title: "three workers share the jobs",
    needs: ["8.6", "8.7", "8.9"],
    lasting: true,
    needsCluster: true,
    task: () =>
      "More workers, without a change to anything else:\n\n    kubectl scale deployment <workers> --replicas=3\n\nSubmit some jobs, and see in the workers' logs who does which.",
    examine: ({ cluster, place }) =>
      onceReady(cluster, async () => judgeSharing(await cluster.sharing(), place)),
  },
  {
    id: "8.11",
    title: "all of it is taken down again",
    needs: ["8.10"],
    lasting: true,
    needsCluster: true,
    task: () =>
      "Remove what you have applied:\n\n    kubectl delete -f .\n\nThe claim goes with it, and so does the data.",
    examine: ({ cluster }) => onceReady(cluster, async () => judgeRemoval(await cluster.removal())),
  },
];

export const exercise: Exercise<Evidence> = {
  number: 8,
  slug: "kubernetes",
  title: "The jobs API on Kubernetes",
  summary: "the same on a cluster, described in manifests",
  needs: ["kubectl"],
  subjects: ["cluster"],
  steps,
  hints,
  halfway: ["8.1", "8.2", "8.3", "8.8"],
  takes: ["job", "yes"],
  mistakes: {},
};
