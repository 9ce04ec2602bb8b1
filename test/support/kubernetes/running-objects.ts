/** What `kubectl get … --output json` shows of a Redis that runs: with all that a cluster adds to what was applied. */

const created = (name: string, more: object = {}): object => ({
  name,
  namespace: "mine",
  uid: "5b9c",
  resourceVersion: "4711",
  creationTimestamp: "2026-01-01T00:00:00Z",
  ...more,
});

const labels = { app: "redis" };

const podSpec = (more: object = {}): object => ({
  containers: [
    {
      name: "redis",
      image: "redis:7",
      imagePullPolicy: "IfNotPresent",
      resources: {},
      ports: [{ containerPort: 6379, protocol: "TCP" }],
      terminationMessagePath: "/dev/termination-log",
      terminationMessagePolicy: "File",
      volumeMounts: [{ name: "data", mountPath: "/data" }],
    },
  ],
  dnsPolicy: "ClusterFirst",
  restartPolicy: "Always",
  schedulerName: "default-scheduler",
  securityContext: {},
  terminationGracePeriodSeconds: 30,
  serviceAccount: "redis",
  serviceAccountName: "redis",
  volumes: [{ name: "data", persistentVolumeClaim: { claimName: "redis-data" } }],
  ...more,
});

/** Its Deployment, with so many pods ready of so many wanted. */
export function runningDeployment(readyReplicas = 1, replicas = 1, spec = podSpec(), name = "redis"): object {
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: created(name, { labels, annotations: { "deployment.kubernetes.io/revision": "1" } }),
    spec: {
      replicas,
      progressDeadlineSeconds: 600,
      revisionHistoryLimit: 10,
      selector: { matchLabels: labels },
      strategy: { type: "Recreate" },
      template: { metadata: { creationTimestamp: null, labels }, spec },
    },
    status: { replicas, ...(readyReplicas > 0 && { readyReplicas, availableReplicas: readyReplicas }) },
  };
}

/** One whose container has more, such as a command. */
export function runningWith(more: object, name?: string): object {
  const container = { name: "redis", image: "redis:7", ...more };
  return runningDeployment(1, 1, podSpec({ containers: [container], volumes: [] }), name);
}

/** The same without a claim, as of a first day. */
export function runningWithoutClaim(): object {
  return runningDeployment(1, 1, podSpec({ volumes: [{ name: "data", emptyDir: {} }] }));
}

/** A pod of its own, as `kubectl run` makes one; with an owner it is a Deployment's. */
export function runningPod(owner?: string, initContainers?: (mount: object) => object[]): object {
  const token = { name: "kube-api-access-8kx2p", projected: { sources: [{ serviceAccountToken: {} }] } };
  const mount = { name: "kube-api-access-8kx2p", mountPath: "/var/run/secrets/kubernetes.io/serviceaccount" };
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: created("redis-pod", {
      labels,
      ...(owner !== undefined && {
        ownerReferences: [{ apiVersion: "apps/v1", kind: "ReplicaSet", name: owner }],
      }),
    }),
    spec: {
      nodeName: "node-1",
      serviceAccountName: "default",
      volumes: [token],
      containers: [{ name: "redis", image: "redis:7", volumeMounts: [mount] }],
      ...(initContainers && { initContainers: initContainers(mount) }),
    },
    status: { phase: "Running", podIP: "10.1.0.7", conditions: [{ type: "Ready", status: "True" }] },
  };
}

/** One pod on each machine. */
export function runningDaemonSet(): object {
  const { spec, metadata } = runningDeployment() as { spec: { template: object }; metadata: object };
  const { template } = spec;
  return {
    apiVersion: "apps/v1",
    kind: "DaemonSet",
    metadata,
    spec: { selector: { matchLabels: labels }, template },
    status: { desiredNumberScheduled: 1, numberReady: 1 },
  };
}

/** Made by somebody else's program, which stands for it. */
export function owned(object: object): object {
  const { metadata } = object as { metadata: object };
  const ownerReferences = [{ apiVersion: "redis.example/v1", kind: "Redis", name: "redis" }];
  return { ...object, metadata: { ...metadata, ownerReferences } };
}

export function runningConfig(name: string): object {
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: created(name),
    data: { "redis.conf": "appendonly yes" },
  };
}

export function runningService(name = "redis-db", selector: object = labels): object {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: created(name),
    spec: {
      clusterIP: "10.96.0.12",
      clusterIPs: ["10.96.0.12"],
      ipFamilies: ["IPv4"],
      ipFamilyPolicy: "SingleStack",
      selector,
      ports: [{ port: 6379, protocol: "TCP", targetPort: 6379 }],
      type: "ClusterIP",
      sessionAffinity: "None",
      internalTrafficPolicy: "Cluster",
    },
    status: { loadBalancer: {} },
  };
}

export function runningClaim(name = "redis-data"): object {
  return {
    apiVersion: "v1",
    kind: "PersistentVolumeClaim",
    metadata: created(name, { annotations: { "pv.kubernetes.io/bind-completed": "yes" } }),
    spec: {
      accessModes: ["ReadWriteOnce"],
      resources: { requests: { storage: "1Gi" } },
      storageClassName: "standard",
      volumeMode: "Filesystem",
      volumeName: "pvc-5b9c",
    },
    status: { phase: "Bound", capacity: { storage: "1Gi" } },
  };
}
