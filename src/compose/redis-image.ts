/** Names of images that serve as Redis does; who publishes them does not matter. */
const SERVERS =
  /^(?:(?:redis|valkey)(?:-stack(?:-server)?|-bundle|-server|-alpine)?|redismod|rejson|keydb|dragonfly|kvrocks)$/i;

/** Whether an image is a Redis, or what stands in for one: with any registry, publisher, tag and digest. */
export function isRedisImage(image: string): boolean {
  return SERVERS.test(imageName(image));
}

/** The last part of an image's name, without registry, publisher, tag and digest. */
export function imageName(image: string): string {
  const [path = ""] = image.split("@");
  const last = path.slice(path.lastIndexOf("/") + 1);
  return last.split(":")[0] ?? "";
}
