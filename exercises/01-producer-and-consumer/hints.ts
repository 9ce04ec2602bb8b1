import { type Hints } from "../../src/course/authoring.js";

export const hints: Record<string, Hints> = {
  "1.1": [
    "Is there a Redis at the address that the step names?",
    "Redis is a server: it runs in the background and listens on a port.\nEvery program that uses it must know that port.",
    "tq redis status     which Redis tq has started\ntq redis cli PING   asks it",
    "tq redis up\nIf the port is taken, tq says by whom. Then either stop that one, or use it.",
  ],
  "1.2": [
    "Do both ends name the same server, the same database and the same queue?",
    "A queue is a key in one database of one server. Two ends that differ in any\nof the three never meet, and neither gets an error.",
    "tq queues           every queue of the database, and its length\ntq redis cli CLIENT LIST   who is connected; db= says to which database",
    'The same line in both terminals:\nq = HotQueue("queue", host="127.0.0.1", port=6379, db=1, socket_timeout=None)\nThen q.put("hello") in one, and a loop over q.consume() in the other.',
  ],
  "1.3": [
    "How many messages wait, and how would you ask?",
    "While nobody consumes, each put makes the queue longer by one. A list that\nis put is one message, however many elements it has.",
    "len(q)   in Python, or   tq len",
    'Ctrl-C in the consumer. Then q.put("a"); q.put("b"); q.put("c"); len(q)',
  ],
  "1.4": [
    "What takes messages until there are none, and then goes on waiting?",
    "q.get() takes one message. q.consume() is a loop that never ends: it takes\none, hands it to you, and waits for the next.",
    "for item in q.consume(): print(item)   in the second terminal",
    "Open a second terminal with a Python shell and a HotQueue object of its own.\nfor item in q.consume(): print(item)   or   tq consume",
  ],
  "1.5": [
    "What is left on the queue after the consumer has printed everything?",
    "A message that was taken is gone from the queue. So its length tells how\nmuch work waits, not how much was done.",
    "len(q)   in the first terminal, while the consumer runs",
    'len(q) prints 0. Then q.put("more"), and look at the second terminal.',
  ],
  "1.6": [
    "Does the consumer still wait when you put the next message?",
    "A consumer that waits in BLPOP is served in the moment in which something\nis put. It does not ask again and again.",
    "tq redis cli CLIENT LIST   a consumer that waits has cmd=blpop",
    'Leave the loop in the second terminal running, and in the first: q.put("now")\nIf the loop ended with a TimeoutError: socket_timeout=None in its HotQueue(...).',
  ],
};
