import { expect } from "vitest";
import { HotQueue, type HotQueueOptions } from "../../../src/queue/index.js";

/** Every way that a message can go: done, failed and done, dead, left by the dead. */
export async function goEveryWay(options: HotQueueOptions): Promise<void> {
  await using queue = new HotQueue<string>("queue", {
    ...options,
    serializer: "text",
    reliable: true,
    lease: 0.3,
    retryDelay: { first: 0.01 },
  });
  await queue.put("good", "once bad", "bad");
  const done: string[] = [];
  for (const concurrency of [1, 3]) {
    await queue.worker(
      (item, { message }) => {
        if (item === "bad" || (item === "once bad" && message.attempt === 1)) throw new Error("no");
        done.push(item);
      },
      { concurrency, timeout: 0.5 },
    )();
    await queue.put("more", "and more");
  }
  expect(done.sort()).toEqual(["and more", "good", "more", "once bad"]);
  const dead = queue.deadLetters();
  for await (const letter of dead.list()) expect(letter).toMatchObject({ value: "bad", attempts: 3 });
  expect(await dead.retryAll()).toBe(1);
  for await (const message of queue.messages()) {
    expect(message.value).toBe("more");
    break;
  }
  expect(await queue.length()).toBe(3);
}
