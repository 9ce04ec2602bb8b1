/** A queue as RabbitMQ's management API says it. */
export interface BrokerQueue {
  name: string;
  durable: boolean;
  /** Messages that wait. */
  ready: number;
  /** Messages that a consumer has, and has not acknowledged. */
  unacknowledged: number;
}

interface Answer {
  name: string;
  vhost: string;
  durable: boolean;
  exclusive: boolean;
  messages_ready?: number;
  messages_unacknowledged?: number;
}

/** Milliseconds for an answer. */
const PATIENCE = 3000;

/** RabbitMQ's management API on a port of 127.0.0.1, which is another one after each start. */
export class RabbitApi {
  constructor(
    private readonly port: () => Promise<number | null>,
    private readonly credentials: { user: string; password: string },
  ) {}

  /** Those that hold work, without the ones that workers talk over; null where the API does not answer. */
  async queues(): Promise<BrokerQueue[] | null> {
    // The numbers of this moment: what the console shows otherwise is up to five seconds old.
    const answer = await this.ask("GET", "/queues?disable_stats=true&enable_queue_totals=true");
    if (!answer?.ok) return null;
    const queues = (await answer.json()) as Answer[];
    return queues
      .filter(({ name, exclusive }) => !exclusive && !/pidbox|^celeryev/.test(name))
      .map(({ name, durable, messages_ready: ready, messages_unacknowledged: unacknowledged }) => ({
        name,
        durable,
        ready: ready ?? 0,
        unacknowledged: unacknowledged ?? 0,
      }));
  }

  /** The status of an answer, such as 401; null where there is none. */
  async status(): Promise<number | null> {
    return (await this.ask("GET", "/overview"))?.status ?? null;
  }

  /** Removes what waits in a queue. */
  async purge(queue: string): Promise<void> {
    await this.ask("DELETE", `/queues/%2F/${encodeURIComponent(queue)}/contents`);
  }

  private async ask(method: string, path: string): Promise<Response | null> {
    const { user, password } = this.credentials;
    const port = await this.port();
    if (port === null) return null;
    const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
    // Not AbortSignal.timeout: its timer lets the process end while the answer is still awaited.
    const late = new AbortController();
    const timer = setTimeout(() => {
      late.abort();
    }, PATIENCE);
    try {
      return await fetch(`http://127.0.0.1:${port}/api${path}`, {
        method,
        headers: { authorization },
        signal: late.signal,
      });
    } catch {
      return null; // it is not there yet, or not any more
    } finally {
      clearTimeout(timer);
    }
  }
}
