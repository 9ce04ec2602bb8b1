import { type Place } from "../lab/place.js";

/** Every subject, loaded when an exercise names it. A new one needs its folder and its line here. */
export const subjects = {
  redis: () => import("./redis/probe.js"),
  compose: () => import("./containers/probe.js"),
  worker: () => import("./echo-worker/probe.js"),
  code: () => import("./python-code/probe.js"),
  jobs: () => import("./jobs/probe.js"),
  cluster: () => import("./kubernetes/probe.js"),
  celery: () => import("./celery/probe.js"),
  message: () => import("./messages/probe.js"),
};

export type SubjectName = keyof typeof subjects;

type SubjectOf<Name extends SubjectName> = Awaited<ReturnType<(typeof subjects)[Name]>>["subject"];

/**
 * What gathers evidence for an exercise's checks: the probes of the subjects that it names, and the place where the
 * student sits. Each question is asked once a run, however many checks ask it.
 */
export type Probes<Name extends SubjectName = SubjectName> = {
  [N in Name]: ReturnType<ReturnType<SubjectOf<N>["open"]>["probe"]>;
} & { place: Place };
