import { type Hints } from "../../src/course/authoring.js";

export const hints: Record<string, Hints> = {
  "8.1": [
    "Which line does the message name, and in which column does it begin?",
    "YAML is columns: what belongs together begins in the same one, and what belongs\nto something stands two spaces deeper. Quotes make text of a number.",
    "kubectl explain deployment.spec.template.spec.containers   lists the fields\nkubectl apply --dry-run=client -f .   reads your files, and makes nothing",
    "apiVersion: apps/v1 for a Deployment, apiVersion: v1 for a Service and a\nPersistentVolumeClaim; --- alone on a line between two objects.",
  ],
  "8.2": [
    "How does a Deployment know which pods are its own?",
    "It makes pods after its template, and counts the pods that its selector finds.\nSo the template must give them the labels that the selector looks for.",
    "grep -n -A2 'matchLabels\\|labels:' *.yml   shows them beside each other",
    "selector: {matchLabels: {app: redis}} and template: {metadata: {labels:\n{app: redis}}}; in the container name: redis, image: redis:7, ports:\n[{containerPort: 6379}].",
  ],
  "8.3": [
    "What does a Python do that nobody talks to?",
    "A container lives as long as its command. A producer and a consumer want a\nplace each: two pods, and a command that lasts.",
    "kubectl get pods   would show them starting again and again",
    'replicas: 2, and in the container image: python:3.14,\ncommand: ["sleep", "9999999"]',
  ],
  "8.4": [
    "The pod of Redis is made anew, with another address. Who tells the others?",
    "A Service has a name and an address that stay. It leads to whatever pods have\nthe labels of its selector at that moment.",
    "kubectl get endpoints   shows the pods that a Service has found",
    "kind: Service, metadata: {name: redis-db}, spec: {selector: {app: redis},\nports: [{port: 6379}]}. The selector is that of the pods, without matchLabels.",
  ],
  "8.5": [
    "Where is what Redis saves when its pod is made anew on another machine?",
    "A claim asks the cluster for storage that outlives pods. Three names meet: the\nclaim's, the volume's in the pod, the mount's in the container.",
    "kubectl explain pod.spec.volumes.persistentVolumeClaim",
    "volumes: [{name: data, persistentVolumeClaim: {claimName: redis-data}}] beside\ncontainers, and volumeMounts: [{name: data, mountPath: /data}] in the container.",
  ],
  "8.6": [
    "Seen from the API's pod: what is 127.0.0.1, and what is redis-db?",
    "Each pod is a machine of its own. The name of the Service is the only thing\nabout Redis that does not change, and your code reads it from REDIS_IP.",
    "grep -n -A1 REDIS_IP *.yml",
    "env: [{name: REDIS_IP, value: redis-db}] in the container, where redis-db is\nmetadata: name of the Service.",
  ],
  "8.7": [
    "What would have to change if you wanted ten workers and one API?",
    "What is scaled by itself is a Deployment by itself. It can use the same image\nwith another command.",
    "grep -n command *.yml   shows what each container runs",
    'A copy of the API\'s Deployment with other names and labels, without ports, and\nwith command: ["python", "worker.py"].',
  ],
  "8.8": [
    "Which pod is not ready, and what does the cluster say about it?",
    "A pod is scheduled, its image is fetched, its container is started, and then it\nis ready. Whatever stops it has a name, and an event.",
    "kubectl get pods\nkubectl describe pod <pod>   its events stand at the end",
    "ImagePullBackOff: the image's name, or the registry. CrashLoopBackOff: the\ncommand ends; kubectl logs --previous <pod>. Pending: nothing has room for it.",
  ],
  "8.9": [
    "Which name do both ends use for Redis, and who knows it?",
    "Service names are known in all pods of the namespace. Behind the name must be\nthe pod of Redis, on the port where it listens.",
    "kubectl get services,endpoints",
    'In both pods: q = HotQueue("queue", host="redis-db", port=6379, db=1)\nIn one: q.put("hello")   in the other: for item in q.consume(): print(item)',
  ],
  "8.10": [
    "Do the workers and the API use the same Redis, and the same queue in it?",
    "Three workers wait on one queue, and each message goes to one of them. Nothing\nhas to be divided beforehand.",
    "kubectl logs -l app=<workers> --prefix",
    "kubectl scale deployment <workers> --replicas=3, then some POST /jobs. The API\nmust listen on 0.0.0.0, or no other pod reaches it.",
  ],
  "8.11": [
    "What have you made that is still there?",
    "A Deployment brings a deleted pod back. Remove what you have written, not what\nthe cluster made of it.",
    "kubectl get all,persistentvolumeclaims",
    "kubectl delete -f .   in the folder of your files",
  ],
};
