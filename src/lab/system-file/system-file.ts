/** What a `tq.yaml` says of a student's system; what it does not say is undefined, and is found out. */
export interface SystemFile {
  /** Absolute path of the file. */
  path: string;
  /** As a message names it: relative to the student's folder, where it lies there. */
  shown: string;
  /** The exercise that it is about; undefined: any. */
  exercise?: number;
  /** An edition such as 3.9, a path, or `container`. */
  python?: string;
  /** Absolute path. */
  requirements?: string;
  start?: {
    /** A command line, such as `python -m src.api`. */
    api?: string;
    worker?: string;
    /** Folder in which they are run, relative to the student's. */
    from?: string;
  };
  /** Variables of the environment, for API and workers. */
  env?: Readonly<Record<string, string>>;
  /** Answers in place of the network: the first whose pattern fits. */
  web?: readonly WebAnswer[];
  /** What lies elsewhere in its container: absolute paths there, and the absolute path of the copy of each. */
  files?: Readonly<Record<string, string>>;
  /** The requests that load the data, in order; [] where none is needed. */
  load?: readonly WrittenRequest[];
  data?: "none" | { list?: WrittenRequest; one?: WrittenRequest; search?: WrittenRequest };
  job?: WrittenRequest & {
    /** Parts of the body of which another value makes another job. */
    vary?: readonly string[];
  };
  status?: "none" | WrittenRequest;
  result?: "none" | WrittenRequest;
  /** The status words: of a job that waits, and of one that came to its end. */
  words?: { first?: readonly string[]; last?: readonly string[] };
}

/** What answers in place of the network. */
export interface WebAnswer {
  /** A url, in which * stands for anything. */
  url: string;
  /** Absolute path of the file that is its body. */
  file: string;
  /** HTTP status; 200 without it. */
  status?: number;
  /** Content type; by the file's name without it. */
  type?: string;
}

/** A request as it is written down: `{id}` and `{word}` in its path stand for a value. */
export interface WrittenRequest {
  method: Method;
  path: string;
  body?: { as: "json" | "form"; value: unknown };
}

export const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
export type Method = (typeof METHODS)[number];
