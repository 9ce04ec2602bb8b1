/** What an exception means for somebody who has just written these lines. */
export interface Explanation {
  /** With file and line, where they are the student's. */
  cause: string;
  next: string;
  /** Names the kind of mistake. */
  mistake: string;
}

export type Explain = (groups: readonly string[], where: string) => Explanation;
