import { split } from "shlex";
import { describe, expect, it } from "vitest";
import { describePlace, type PlaceFacts, targetAt } from "../../../src/lab/place.js";

const HOSTILE = ["my work", "it's", "$HOME", 'a "b"', "two\nlines", "-rf"];

function placeOf(facts: Partial<PlaceFacts> = {}): ReturnType<typeof describePlace> {
  return describePlace({
    target: targetAt("redis://127.0.0.1:6379"),
    redisUrl: undefined,
    folder: "/work",
    shownFolder: "",
    queue: "queue",
    seed: "abc",
    url: undefined,
    job: undefined,
    slow: false,
    python: undefined,
    allowNetwork: false,
    ...facts,
  });
}

describe("the commands of a place, pasted into a shell", () => {
  it.each(HOSTILE)("name the folder %j", (shownFolder) => {
    const folder = shownFolder.startsWith("-") ? `./${shownFolder}` : shownFolder;
    const place = placeOf({ shownFolder });
    const again = ["tq", "exercise", "7", folder, "--check", "--step", "7.2", "--seed", "abc"];
    expect(split(place.again("7.2"))).toEqual(again);
    expect(split(place.file("src/api.py"))).toEqual([`${folder}/src/api.py`]);
    expect(split(place.file("."))).toEqual([folder]);
  });

  it("repeat every option", () => {
    const job = { text: "it's", "a b": ["$x"] };
    const place = placeOf({ url: "http://x/?a=1&b=2", python: "/opt/my python/bin/python", job, slow: true });
    expect(split(place.again("7.8")).slice(-7)).toEqual([
      ...["--url", "http://x/?a=1&b=2", "--python", "/opt/my python/bin/python"],
      ...["--job", JSON.stringify(job), "--slow"],
    ]);
  });

  it.each(HOSTILE)("name the key of the queue %j", (queue) => {
    const place = placeOf({ queue });
    const probe = place.redisCli(1, "LLEN", `hotqueue:${queue}`);
    expect(split(probe)).toEqual(["redis-cli", "-n", "1", "LLEN", `hotqueue:${queue}`]);
  });

  it("name the Redis", () => {
    const redisUrl = "redis+sentinel://127.0.0.1:26379/my master";
    const place = placeOf({ redisUrl, target: { ...targetAt("redis://h:1"), url: redisUrl } });
    expect(split(place.tq("len"))).toEqual(["tq", "len", "--redis-url", redisUrl]);
  });

  it("need no redis-cli where there is none", () => {
    const target = { ...targetAt("redis://127.0.0.1:7000"), withoutRedisCli: true };
    expect(placeOf({ target }).redisCli(0, "CLIENT", "LIST")).toBe(
      "tq redis cli --redis-url redis://127.0.0.1:7000 --db 0 CLIENT LIST",
    );
  });
});
