import { describe, expect, it } from "vitest";
import { planStack } from "../../../src/compose/project-plan.js";

describe("the stack that tq runs beside the student's", () => {
  const plan = planStack(
    {
      name: "students",
      services: {
        web: {
          ...{ build: { context: "." }, image: "mine", container_name: "front" },
          ...{
            ports: [{ target: 8000, published: "8000" }],
            networks: { default: null },
            labels: { a: "b" },
          },
        },
        worker: { image: "mine", command: ["celery"] },
        redis: { image: "redis:7", ports: [{ target: 6379, published: "6379", host_ip: "0.0.0.0" }] },
      },
      networks: { default: { name: "students_default", external: true } },
      volumes: { data: { name: "students_data" }, more: null },
    },
    { project: "tq-1", labels: { "tq.trial": "1" }, reach: { web: [8000] } },
  );

  it("publishes nothing but what is asked for, on a free port of 127.0.0.1", () => {
    expect(plan.services["web"]?.["ports"]).toEqual([
      { target: 8000, host_ip: "127.0.0.1", protocol: "tcp" },
    ]);
    expect(plan.services["redis"]?.["ports"]).toEqual([]);
  });

  it("takes no name, image, network or volume of the student's", () => {
    expect(plan["name"]).toBe("tq-1");
    expect(plan.services["web"]).not.toHaveProperty("container_name");
    expect(plan.services["web"]).not.toHaveProperty("image");
    expect(plan.services["worker"]).toMatchObject({ build: { context: "." }, command: ["celery"] });
    expect(plan.services["redis"]).toMatchObject({ image: "redis:7" });
    expect(plan["networks"]).toEqual({ default: { labels: { "tq.trial": "1" } } });
    expect(plan["volumes"]).toEqual({
      data: { labels: { "tq.trial": "1" } },
      more: { labels: { "tq.trial": "1" } },
    });
  });

  it("keeps labels, and the names by which containers find each other", () => {
    expect(plan.services["web"]).toMatchObject({
      labels: { a: "b", "tq.trial": "1" },
      networks: { default: { aliases: ["front"] } },
    });
  });
});
