/** The library: a queue in Redis that a Python program with HotQueue can stand on the other end of. */
export { type Connect, type RedisClient } from "./client.js";
export { type Address, type ConnectionOptions } from "./connect.js";
export { NotPutBackError, UnconfirmedPutError, UnreadableMessageError, WrongTypeError } from "./errors.js";
export { HotQueue, keyForName } from "./hot-queue.js";
export { listQueues, type QueueSummary } from "./list-queues.js";
export { type ConsumerStatus, type QueueStatus, readQueueStatus } from "./queue-status.js";
export { type Message } from "./message.js";
export {
  type ConsumeOptions,
  type GetOptions,
  type HandlerContext,
  type HotQueueOptions,
  type WorkerOptions,
} from "./options.js";
export { type DeadLetter, type DeadLetters } from "./reliable/dead-letters.js";
export { NotReliableError, QueueNameError, RefusedError } from "./reliable/errors.js";
export { type OnEvent, type ReliableEvent } from "./reliable/events.js";
export { type ReliableKeys, reliableKeys } from "./reliable/keys.js";
export { type Recovered } from "./reliable/recover.js";
export { type ReliableOptions } from "./reliable/settings.js";
export { type OnConnection } from "./steady-pop.js";
export { type SerializerName, serializers } from "./serializers/index.js";
export { SerializationError, type Serializer } from "./serializers/serializer.js";
export { PythonObject } from "./values/python-object.js";
