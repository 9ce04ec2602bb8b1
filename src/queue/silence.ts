import { type Connect, disconnect, type RedisClient } from "./client.js";

/** Milliseconds between two looks. They are counted, not measured: the machine may have slept meanwhile. */
const LOOK = 2500;

/** So many looks without a word, while an answer is owed, are a silence. */
const LOOKS = 4;

/** As many in a cluster, which needs 15 s to put another node in the place of one that hangs. */
const LOOKS_IN_CLUSTER = 7;

/** As many where much was sent since the last word: it may still be on its way through a slow line. */
const LOOKS_AFTER_MUCH = 24;
const MUCH = 65_536;

/** Milliseconds that a server has for its first answer on a new connection. */
const PATIENCE = 10_000;

/** The connection is there and an answer is owed, and nothing comes. */
export class SilentError extends Error {
  override readonly name = "SilentError";
  readonly code = "ESILENT";

  constructor() {
    super(`no word has come for ${PATIENCE / 1000} s`);
  }
}

export interface Watched {
  client: RedisClient;
  /** Opens another connection to the same server. */
  connect: Connect;
  /** An answer is owed now. */
  isOwed: () => boolean;
  /** How many answers there were, where the client does not tell what its socket has read. */
  answers?: () => number;
  /** Told when a silence begins, and when a word has come after all. */
  onSilence?: (isSilent: boolean) => void;
  /** The server answers on another connection, and this one is still silent. */
  onHalfOpen: () => void;
}

/** Returns what ends the watch; it ends by itself when the connection is closed. */
export function watchSilence(watched: Watched): () => void {
  const watch = new SilenceWatch(watched);
  return () => {
    watch.end();
  };
}

/**
 * Finds out that a connection is half open: what lies between lets nothing through, and has told neither end, so that a
 * wait would never end. A server that stands still looks the same from here; but that one may be about to give a
 * message, which would be lost if it were left. So the server is asked on another connection first.
 */
class SilenceWatch {
  readonly #timer = setInterval(() => {
    this.#look();
  }, LOOK).unref();
  #last = "";
  #sent = 0;
  #looks = 0;
  #told = false;
  #asking = false;
  #answersElsewhere = false;

  constructor(private readonly watched: Watched) {}

  end(): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    const { client, isOwed, answers, onSilence, onHalfOpen } = this.watched;
    if (client.status === "end") {
      this.end();
      return;
    }
    const { bytesRead = 0, bytesWritten = 0, writableLength = 0 } = client.stream ?? {};
    const now = `${bytesRead} ${writableLength} ${answers?.() ?? 0}`;
    if (now !== this.#last || !isOwed()) {
      this.#last = now;
      this.#sent = bytesWritten;
      this.#looks = 0;
      this.#answersElsewhere = false;
      if (this.#told) onSilence?.(false);
      this.#told = false;
      return;
    }
    this.#looks += 1;
    const most = client.isCluster ? LOOKS_IN_CLUSTER : LOOKS;
    if (this.#looks < (bytesWritten - this.#sent > MUCH ? LOOKS_AFTER_MUCH : most)) return;
    if (!this.#told) onSilence?.(true);
    this.#told = true;
    // One look after it was found to answer: a server that stood still has given its word here by then.
    if (this.#answersElsewhere) {
      this.end();
      onHalfOpen();
    } else if (!this.#asking) void this.#ask();
  }

  async #ask(): Promise<void> {
    this.#asking = true;
    try {
      const client = await this.watched.connect();
      try {
        await answerInTime(client, client.callBuffer("PING"));
        this.#answersElsewhere = this.#told;
      } finally {
        disconnect(client);
      }
    } catch {
      // It stands still, or cannot be reached at all: asked again at the next look.
    } finally {
      this.#asking = false;
    }
  }
}

/** Leaves a connection on which the answer does not come in time: rejects with `SilentError` then. */
export async function answerInTime<T>(client: RedisClient, answer: Promise<T>): Promise<T> {
  const late = new AbortController();
  const timer = setTimeout(() => {
    late.abort();
    disconnect(client);
  }, PATIENCE);
  try {
    return await answer;
  } catch (error) {
    throw late.signal.aborted ? new SilentError() : error;
  } finally {
    clearTimeout(timer);
  }
}
