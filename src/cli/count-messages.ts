/** "1 message", "20,000 messages". */
export function countMessages(count: number): string {
  return `${groupDigits(count)} message${count === 1 ? "" : "s"}`;
}

/** 20000 as "20,000". Intl does that too, and takes 13 ms to load. */
export function groupDigits(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}
