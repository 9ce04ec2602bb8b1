/** An image's name is the same in every namespace, and so is a file server's. */
const LEFT_ALONE = new Set(["image", "nfs", "iscsi", "cephfs", "glusterfs"]);

/** A copy in which each text is changed. */
export function mapText(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((one) => mapText(one, change));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, LEFT_ALONE.has(key) ? inner : mapText(inner, change)]),
  );
}

/** All that `mapText` would change. */
export function textsIn(value: unknown): string[] {
  const found: string[] = [];
  mapText(value, (text) => {
    found.push(text);
    return text;
  });
  return found;
}
