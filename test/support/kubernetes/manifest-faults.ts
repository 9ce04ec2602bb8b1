import { type Fault, fault, json, list, many, older, one, stateful } from "./fault.js";
import { REFUSED } from "./refused-faults.js";

/** Faults of all steps that need no cluster. */
export const FAULTS: readonly Fault[] = [
  ...REFUSED,
  // What a cluster would not take.
  fault(
    one,
    ["apiVersion: v1\nkind: PersistentV", "apiVersion: v2\nkind: PersistentV"],
    ["8.1", "wrong-api-version", "apiVersion: v2"],
  ),
  fault(older("debug"), ["apps/v1", "v1"], ["8.1", "wrong-api-version", "apiVersion: v1"]),
  fault(older("debug"), ["Deployment", "Deployement"], ["8.1", "unknown-kind", "kind: Deployement"]),
  fault(older("worker"), ["kind: Deployment\n", ""], ["8.1", "kind-missing", "apiVersion: apps/v1"]),
  fault(
    many("deployment-flask"),
    ["      app: app-test-flask\n  template", "\tapp: app-test-flask\n  template"],
    ["8.1", "tab", "\tapp: app-test-flask"],
  ),
  fault(
    many("deployment-redis"),
    ["          imagePullPolicy", "         imagePullPolicy"],
    ["8.1", "bad-yaml", "imagePullPolicy: Always"],
  ),
  fault(many("service-redis"), ["port: 6379", "port:6379"], ["8.1", "bad-yaml", "port:6379"]),
  fault(
    json,
    ['"kind": "PersistentVolumeClaim",', '"kind": "PersistentVolumeClaim"'],
    ["8.1", "bad-yaml", '"kind": "PersistentVolumeClaim"'],
  ),
  fault(json, ['"replicas": 2,', '"replicas": "2",'], ["8.1", "not-a-number", '"replicas": "2"']),
  fault(
    list,
    ["                claimName: data\n", "              claimName: data\n"],
    ["8.1", "unknown-field", "              claimName: data"],
  ),
  fault(list, ['args: ["--save", "1", "1"]', 'args: ["--save", 1, "1"]'], ["8.1", "not-text", "--save"]),
  fault(
    one,
    ['{name: FLASK_DEBUG, value: "1"}', "{name: FLASK_DEBUG, value: 1}"],
    ["8.1", "not-text", "FLASK_DEBUG"],
  ),
  fault(
    one,
    ['{name: FLASK_DEBUG, value: "1"}', "{name: FLASK_DEBUG, value: yes}"],
    ["8.1", "not-text", "FLASK_DEBUG"],
  ),
  fault(one, ["memory: 128Mi", "memory: 128MB"], ["8.1", "bad-value", "128MB"]),
  fault(
    stateful,
    ["containerPort: 6379", "containerPort: 637900"],
    ["8.1", "bad-value", "containerPort: 637900"],
  ),
  fault(
    stateful,
    ["{ name: saved, mountPath: /var/lib/redis }", "{ name: save, mountPath: /var/lib/redis }"],
    ["8.1", "volume-missing", "name: save,"],
  ),
  fault(
    stateful,
    ["accessModes: [ReadWriteOnce]", "accessMode: [ReadWriteOnce]"],
    ["8.1", "unknown-field", "accessMode: ["],
  ),
  fault(
    many("pvc-redis"),
    ["    - ReadWriteOnce", "    - ReadWriteonce"],
    ["8.1", "claim-incomplete", "ReadWriteonce"],
  ),
  fault(
    many("deployment-worker"),
    ["ada/app:1.0", "<username>/app:1.0"],
    ["8.1", "unfinished", "<username>"],
  ),
  fault(
    many("service-nodeport"),
    ["app-test-flask-nodeport\nspec", "app_test_flask\nspec"],
    ["8.1", "bad-name", "name: app_test_flask"],
  ),
  // Words, names and numbers that have to be others in their place.
  fault(
    many("deployment-redis"),
    ["imagePullPolicy: Always", "imagePullPolicy: always"],
    ["8.1", "bad-value", "imagePullPolicy: always"],
  ),
  fault(
    many("service-nodeport"),
    ["type: NodePort", "type: Nodeport"],
    ["8.1", "bad-value", "type: Nodeport"],
  ),
  fault(one, ["protocol: TCP", "protocol: tcp"], ["8.1", "bad-value", "protocol: tcp"]),
  fault(one, ["replicas: 3", "replicas: -3"], ["8.1", "bad-value", "replicas: -3"]),
  fault(older("redis"), ["type: Recreate", "type: recreate"], ["8.1", "bad-value", "type: recreate"]),
  fault(
    one,
    ["- {name: debug, image", "- {name: Debug_1, image"],
    ["8.1", "bad-name", "name: Debug_1, image"],
  ),
  fault(
    many("deployment-redis"),
    ["      volumes:\n", "      volumes:\n        - {name: scratch_1, emptyDir: {}}\n"],
    ["8.1", "bad-name", "name: scratch_1"],
  ),
  fault(
    one,
    ["app.kubernetes.io/part-of: jobs}\nspec:\n  type", "app.kubernetes.io/part-of: my jobs}\nspec:\n  type"],
    ["8.1", "bad-value", "part-of: my jobs"],
  ),
  fault(
    one,
    ["image: docker.io/library/redis:7.2-alpine", "image: docker.io/library/redis:7:2"],
    ["8.1", "bad-value", "redis:7:2"],
  ),
  fault(
    many("service-nodeport"),
    ["targetPort: 5000", 'targetPort: "5000"'],
    ["8.1", "bad-value", 'targetPort: "5000"'],
  ),
  fault(
    many("service-nodeport"),
    ["      targetPort: 5000", "      nodePort: 5000"],
    ["8.1", "bad-value", "nodePort: 5000"],
  ),
  fault(older("redis"), ["targetPort: 6379", "nodePort: 30079"], ["8.1", "bad-value", "nodePort: 30079"]),
  fault(older("redis"), ["- port: 6379", "- port: 70000"], ["8.1", "bad-value", "port: 70000"]),
  fault(
    older("redis"),
    ["- port: 6379", "- {name: redis, port: 6379}\n    - port: 6380"],
    ["8.1", "name-missing", "port: 6380"],
  ),
  fault(
    many("service-nodeport"),
    ["targetPort: 5000", "targetPort: HTTP"],
    ["8.1", "bad-name", "targetPort: HTTP"],
  ),
  // Redis and the debug pods.
  fault(
    one,
    [
      "    matchLabels: {app.kubernetes.io/name: redis}",
      "    matchLabels: {app.kubernetes.io/name: redis-db}",
    ],
    ["8.2", "selector-differs", "name: redis-db"],
  ),
  fault(
    ["named-ports", "redis.yml"],
    ["values: [redis, store]", "values: [redis-db, store]"],
    ["8.2", "selector-differs", "- key: app"],
  ),
  fault(older("redis"), ["replicas: 1", "replicas: 2"], ["8.2", "redis-replicas", "replicas: 2"]),
  fault(json, ['"redis:7"', '"redis-7"'], ["8.2", "redis-image", '"redis-7"']),
  fault(
    list,
    ['sh", "-c", "pip install redis hotqueue; sleep 9999999', 'pip", "install", "redis'],
    ["8.3", "debug-ends", '"pip", "install"'],
  ),
  fault(
    ["stateful-set", "rest.yaml"],
    ["replicas: 2", "replicas: 1"],
    ["8.3", "debug-replicas", "replicas: 1"],
  ),
  fault(many("deployment-redis"), ['"0.0.0.0"', '"127.0.0.1"'], ["8.2", "heard-inside-only", '"127.0.0.1"']),
  // Service and claim.
  fault(
    one,
    ["    app.kubernetes.io/name: redis\n  ports", "    app.kubernetes.io/name: rediss\n  ports"],
    ["8.4", "service-selector", "name: rediss"],
  ),
  fault(
    stateful,
    ["port: 6379, targetPort: client", "port: 6379, targetPort: redis"],
    ["8.4", "target-port", "targetPort: redis"],
  ),
  fault(older("redis"), ["- port: 6379", "- port: 80"], ["8.4", "service-port", "- port: 80"]),
  fault(
    ["namespaced", "10-redis.yaml"],
    [
      "metadata: { name: redis, namespace: jobs }\nspec:\n  selector: { app",
      "metadata: { name: redis, namespace: job }\nspec:\n  selector: { app",
    ],
    ["8.4", "namespaces-differ", "namespace: job }"],
  ),
  fault(
    many("deployment-redis"),
    ["claimName: app-test-redis-pvc", "claimName: app-test-pvc"],
    ["8.5", "claim-missing", "claimName"],
  ),
  fault(one, ["mountPath: /data/", "mountPath: /var/data"], ["8.5", "mount-path", "/var/data"]),
  // Where API and workers look for Redis.
  fault(
    many("deployment-flask"),
    ["value: 'app-test-redis-service'", "value: '10.109.56.201'"],
    ["8.6", "redis-ip-address", "10.109"],
  ),
  fault(
    json,
    [
      '"value": "cache"\n\t\t\t\t\t\t\t\t\t}\n\t\t\t\t\t\t\t\t],\n\t\t\t\t\t\t\t\t"ports"',
      '"value": "localhost"\n\t\t\t\t\t\t\t\t\t}\n\t\t\t\t\t\t\t\t],\n\t\t\t\t\t\t\t\t"ports"',
    ],
    ["8.6", "redis-ip-localhost", "localhost"],
  ),
  fault(
    ["config-map", "programs.yml"],
    ["                name: settings", "                name: setting"],
    ["8.6", "source-missing", "name: setting"],
  ),
  fault(
    many("deployment-worker"),
    ["value: 'app-test-redis-service'", "value: 'app-test-redis'"],
    ["8.7", "redis-ip-other", "value: 'app-test-redis'"],
  ),
  fault(
    older("worker"),
    ["value: redis-db", "value: redis-db:6379"],
    ["8.7", "redis-ip-with-port", "redis-db:6379"],
  ),
  fault(
    older("worker"),
    ["- name: REDIS_IP\n              value: redis-db", "- {name: REDIS_ADDR, value: redis-db:6380}"],
    ["8.7", "redis-ip-port", "redis-db:6380"],
  ),
  fault(
    older("api"),
    ["- name: REDIS_IP\n              value: redis-db", "- {name: REDIS_HOST_PORT, value: redis:6379}"],
    ["8.6", "redis-ip-other", "REDIS_HOST_PORT"],
  ),
  fault(
    many("service-nodeport"),
    [
      "targetPort: 5000\n",
      "targetPort: 5000\n      nodePort: 30500\n---\napiVersion: v1\nkind: Service\nmetadata: {name: again}\nspec: {type: NodePort, selector: {app: app-test-flask}, ports: [{port: 5000, nodePort: 30500}]}\n",
    ],
    ["8.1", "port-twice", "ports: [{port: 5000, nodePort: 30500}]"],
  ),
  // Refused when it is made, and not by a dry run.
  fault(
    many("service-nodeport"),
    ["targetPort: 5000", "targetPort: 5000\n      nodePort: 29999"],
    ["8.1", "bad-value", "nodePort: 29999"],
  ),
  fault(
    many("service-nodeport"),
    [
      "- port: 5000\n      targetPort: 5000",
      "- {name: a, port: 5000, nodePort: 30500}\n    - name: b\n      port: 5001\n      targetPort: 5000\n      nodePort: 30500",
    ],
    ["8.1", "port-twice", "      nodePort: 30500"],
  ),
];
