/** Objects in the form in which the Kubernetes API documents them, shortened to what matters. */

/** A container's status, waiting for this reason. */
export function waiting(reason: string, message = "", more: object = {}): object {
  return {
    phase: "Pending",
    conditions: [
      { type: "PodScheduled", status: "True" },
      { type: "Ready", status: "False", reason: "ContainersNotReady" },
    ],
    containerStatuses: [
      {
        name: "redis",
        image: "redis:7",
        imageID: "",
        ready: false,
        restartCount: 0,
        lastState: {},
        state: { waiting: { reason, ...(message !== "" && { message }) } },
        ...more,
      },
    ],
  };
}

/** A pod that no machine takes. */
export function unscheduled(message: string): object {
  const condition = { type: "PodScheduled", status: "False", reason: "Unschedulable", message };
  return { phase: "Pending", conditions: [condition] };
}

export const READY = {
  phase: "Running",
  podIP: "10.244.0.7",
  conditions: [
    { type: "PodScheduled", status: "True" },
    { type: "Ready", status: "True" },
  ],
  containerStatuses: [
    {
      name: "redis",
      image: "redis:7",
      ready: true,
      restartCount: 0,
      state: { running: { startedAt: "2026-01-01T00:00:00Z" } },
    },
  ],
};

export function pod(name: string, labels: Record<string, string>, status: object): object {
  return { apiVersion: "v1", kind: "Pod", metadata: { name, namespace: "tq-1", labels }, spec: {}, status };
}

export function event(podName: string, reason: string, message: string): object {
  return {
    apiVersion: "v1",
    kind: "Event",
    type: "Warning",
    reason,
    message,
    metadata: { name: `${podName}.17a`, namespace: "tq-1" },
    involvedObject: { kind: "Pod", namespace: "tq-1", name: podName },
  };
}

export function claim(name: string, phase: string, storageClassName?: string): object {
  return {
    apiVersion: "v1",
    kind: "PersistentVolumeClaim",
    metadata: { name, namespace: "tq-1" },
    spec: { accessModes: ["ReadWriteOnce"], ...(storageClassName !== undefined && { storageClassName }) },
    status: { phase },
  };
}
