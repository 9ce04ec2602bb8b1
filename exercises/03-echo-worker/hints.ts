import { type Hints } from "../../src/course/authoring.js";

export const hints: Record<string, Hints> = {
  "3.1": [
    "What stands on the line above def echo(item):?",
    "A decorator changes the function that follows it. @q.worker turns a function\nof one message into one that takes all messages.",
    "python worker.py   and read the last line of what it prints",
    "@q.worker\ndef echo(item):\n    print(item)",
  ],
  "3.2": [
    "Does the program come back to the prompt, or does it wait?",
    "The decorator only makes a worker. Somebody has to call it.",
    "python worker.py   A worker that waits prints nothing and does not return.",
    "As the last line of the file, with nothing in the brackets:\necho()",
  ],
  "3.3": [
    "You put a message. Who has it now: the queue, the worker, or nobody?",
    "The function gets one message and prints it. The loop around it is the\ndecorator's. Both ends must name the same queue and database.",
    "tq len   0 means that somebody took it\ntq push one two three   while the worker runs in another terminal",
    '@q.worker\ndef echo(item):\n    print(item)\n\necho()          with q = HotQueue("queue", ..., db=1)',
  ],
  "3.4": [
    "Does the worker still run after many messages, and after none for a while?",
    "A worker goes on for ever, unless an exception is not handled. A timeout= in\nthe decorator, or an exit() in the function, would end it too.",
    "seq 20 | tq push   and then look whether it still runs",
    "The function does nothing but print(item). The decorator has no arguments.",
  ],
  "3.5": [
    "What happens when the same file runs twice?",
    "Two workers wait on one list. Redis serves the one that has waited longest.",
    "python worker.py   in two terminals;  seq 20 | tq push   in a third",
    "Nothing in the file changes. Start it twice, and put twenty messages.",
  ],
};
