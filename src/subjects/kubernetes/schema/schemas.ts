// Loaded only where there is a manifest to read: together they are the largest part of this room.
import { validate as daemonSet } from "kubernetes-models/_schemas/IoK8sApiAppsV1DaemonSet";
import { validate as deployment } from "kubernetes-models/_schemas/IoK8sApiAppsV1Deployment";
import { validate as replicaSet } from "kubernetes-models/_schemas/IoK8sApiAppsV1ReplicaSet";
import { validate as statefulSet } from "kubernetes-models/_schemas/IoK8sApiAppsV1StatefulSet";
import { validate as autoscaler } from "kubernetes-models/_schemas/IoK8sApiAutoscalingV2HorizontalPodAutoscaler";
import { validate as cronJob } from "kubernetes-models/_schemas/IoK8sApiBatchV1CronJob";
import { validate as job } from "kubernetes-models/_schemas/IoK8sApiBatchV1Job";
import { validate as configMap } from "kubernetes-models/_schemas/IoK8sApiCoreV1ConfigMap";
import { validate as namespace } from "kubernetes-models/_schemas/IoK8sApiCoreV1Namespace";
import { validate as volume } from "kubernetes-models/_schemas/IoK8sApiCoreV1PersistentVolume";
import { validate as claim } from "kubernetes-models/_schemas/IoK8sApiCoreV1PersistentVolumeClaim";
import { validate as pod } from "kubernetes-models/_schemas/IoK8sApiCoreV1Pod";
import { validate as secret } from "kubernetes-models/_schemas/IoK8sApiCoreV1Secret";
import { validate as service } from "kubernetes-models/_schemas/IoK8sApiCoreV1Service";
import { validate as serviceAccount } from "kubernetes-models/_schemas/IoK8sApiCoreV1ServiceAccount";
import { validate as ingress } from "kubernetes-models/_schemas/IoK8sApiNetworkingV1Ingress";
import { validate as networkPolicy } from "kubernetes-models/_schemas/IoK8sApiNetworkingV1NetworkPolicy";

/** A schema of Kubernetes', compiled by the package: after it returned false, its `errors` say why. */
export interface Schema {
  (data: unknown): boolean;
  errors?: readonly SchemaError[] | null;
}

/** As Ajv reports it. */
export interface SchemaError {
  /** JSON pointer. */
  instancePath: string;
  keyword: string;
  params: Readonly<Record<string, unknown>>;
}

/** By apiVersion and kind. Others are left to the cluster. */
export const SCHEMAS: Readonly<Record<string, Schema>> = {
  "apps/v1 DaemonSet": daemonSet,
  "apps/v1 Deployment": deployment,
  "apps/v1 ReplicaSet": replicaSet,
  "apps/v1 StatefulSet": statefulSet,
  "autoscaling/v2 HorizontalPodAutoscaler": autoscaler,
  "batch/v1 CronJob": cronJob,
  "batch/v1 Job": job,
  "networking.k8s.io/v1 Ingress": ingress,
  "networking.k8s.io/v1 NetworkPolicy": networkPolicy,
  "v1 ConfigMap": configMap,
  "v1 Namespace": namespace,
  "v1 PersistentVolume": volume,
  "v1 PersistentVolumeClaim": claim,
  "v1 Pod": pod,
  "v1 Secret": secret,
  "v1 Service": service,
  "v1 ServiceAccount": serviceAccount,
};
