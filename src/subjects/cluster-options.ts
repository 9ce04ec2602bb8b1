/** What a person is asked before anything is applied. */
export interface Proposal {
  context: string;
  namespace: string;
  objects: readonly string[];
  /** The namespace of whose Redis a copy is among them; null where the files describe one. */
  copiesFrom: string | null;
}

/** Whether, and how, something may be read from and applied to a cluster. */
export interface ClusterOptions {
  /** What runs in the student's own namespace may be read. */
  reads: boolean;
  /** Somebody has agreed to all of it beforehand. */
  agreed?: boolean;
  /** Null where nobody can be asked: then nothing is applied. */
  consent: ((proposal: Proposal) => Promise<boolean>) | null;
  /** The command that asks. */
  checkCommand: string;
  progress: (line: string) => void;
}

/** Nothing is read or applied, and nobody is asked. */
export const NO_CLUSTER: ClusterOptions = {
  reads: false,
  consent: null,
  progress: () => undefined,
  checkCommand: "tq exercise 8 --check",
};
