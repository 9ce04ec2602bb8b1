/** What is started by tq carries these, and nothing without them is ever stopped or removed. */
export interface Owner {
  /** What it is for, such as redis. */
  role: string;
  /** The name that its user gave it. */
  name: string;
  /** tq's folder of state; two users of one engine have two. */
  home: string;
}

export function makeLabels({ role, name, home }: Owner): Record<string, string> {
  return { "tq.owner": "tq", "tq.role": role, "tq.name": name, "tq.home": home };
}

export function isOwnedBy(labels: Record<string, string> | null | undefined, owner: Owner): boolean {
  return Object.entries(makeLabels(owner)).every(([label, value]) => labels?.[label] === value);
}
