import { type ComposeProject } from "../../compose/project.js";
import { commandLine, type Service } from "../../compose/service.js";
import { imageName } from "../../compose/redis-image.js";

/** The four parts of the stack, by the names that the exercise gives, else by what they run. */
export interface StackServices {
  all: readonly Service[];
  web: Service | null;
  worker: Service | null;
  broker: Service | null;
  store: Service | null;
}

/** Null where there is no Compose file that can be read. */
export function findParts(project: ComposeProject | null): StackServices | null {
  if (!project?.content["services"]) return null;
  const all = project.services;
  const runs = (service: Service, what: RegExp): boolean => what.test(commandLine(service.runs));
  const broker = all.find(({ image, build }) => build === null && imageName(image) === "rabbitmq") ?? null;
  const store = all.find(({ isRedis }) => isRedis) ?? null;
  const ours = all.filter((service) => service !== broker && service !== store);
  const worker =
    ours.find(({ name }) => name === "celery") ?? ours.find((service) => runs(service, /\bceler\w*\b/));
  const others = ours.filter((service) => service !== worker);
  const web =
    others.find(({ name }) => name === "falcon-web") ??
    others.find((service) => runs(service, /gunicorn|uvicorn|waitress|falcon/)) ??
    others.find(({ ports }) => ports.length > 0);
  return { all, broker, store, worker: worker ?? null, web: web ?? null };
}
