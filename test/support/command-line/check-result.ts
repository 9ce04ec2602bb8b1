/** What `tq exercise --check --format json` prints, as far as tests look at it. */
export interface Result {
  verdict: string;
  environment: { redis: string | null };
  checks: {
    id: string;
    verdict: string;
    observed?: string;
    blockedBy?: string;
    next?: string;
    mistake?: string;
  }[];
}
