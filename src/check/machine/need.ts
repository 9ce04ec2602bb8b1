/** What an exercise cannot do without. */
export type Need = "redis" | "docker" | "compose" | "python";
