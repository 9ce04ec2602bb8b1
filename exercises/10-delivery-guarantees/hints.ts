import { type Hints } from "../../src/course/authoring.js";

export const hints: Record<string, Hints> = {
  "10.1": [
    "The worker printed the message. Who has it now?",
    "BLPOP takes the message out of Redis before the work begins. From then on it\nis nowhere but in the worker.",
    "pgrep -f echo-worker   tells the process id\nkill -9 <process id>   ends it at once",
    "tq exercise 10 --watch in one terminal. tq echo-worker --delay 30 in another.\ntq push one, and within 30 seconds kill -9 the worker. Then tq len: 0",
  ],
  "10.2": [
    "What must be written down in Redis, so that a message outlives its worker?",
    "A reliable worker moves the message into a list of its own, and strikes it off\nwhen the work is done. If nothing is heard of it for a lease, what stands in\nits list goes back.",
    "tq status   tells who has what in work\ntq recover   brings back what a dead worker held, if no other worker does it",
    "Two terminals with tq echo-worker --reliable --delay 30. tq push two. kill -9\nthe one that printed it. Ten seconds later the other prints it.",
  ],
  "10.3": [
    "How does Redis tell a worker that died from one that is slow?",
    "It cannot. Whoever is silent for a lease counts as dead; if it was only asleep,\ntwo workers do the same work.",
    "Ctrl-Z pauses the program of a terminal, fg lets it go on.\nElsewhere: kill -STOP <process id> and kill -CONT <process id>",
    "Two terminals with tq echo-worker --reliable --delay 5. tq push three. Ctrl-Z\nin the one that printed it; wait until the other prints it, too; then fg.",
  ],
  "10.4": [
    "What does tq know of your program's work? What does it do when that ends?",
    "The exit code is the acknowledgement: after 0 the message is gone for good.\nSo it has to come last, after the change, and so has everything that tells\nthe next one that the work is done.",
    "Kill it between any two lines, in your thoughts: what does the next one find?",
    'message = json.loads(sys.stdin.read())\nr.incrby("account:" + message["account"], message["amount"])\nand nothing in the background, nothing marked before.',
  ],
  "10.5": [
    "What does your program exit with when Redis refuses something?",
    "An exception that nobody catches ends a Python program with exit code 1. One\nthat is caught and printed ends it with 0, as if all were well.",
    "python work.py < message.json; echo $?   prints the exit code",
    "Leave the try and except away. If you want to say something first:\nexcept redis.RedisError as error:\n    print(error, file=sys.stderr)\n    sys.exit(1)",
  ],
  "10.6": [
    "What is the same when a message comes again, and another in every new one?",
    "Keep a mark for each message that is done, named by its id. Looking for the\nmark, making the change and writing the mark have to be one step, or somebody\nelse comes in between.",
    "A script is one step: r.eval(script, number_of_keys, *keys, *arguments).\nMULTI and EXEC are one, too, with WATCH on the mark; but where Redis refuses\none command of them, the others stand.",
    "if redis.call('EXISTS', KEYS[1]) == 0 then\n  redis.call('INCRBY', KEYS[2], ARGV[1])\n  redis.call('SET', KEYS[1], 1)\nend\n\nwith the mark and the account as keys, and the amount as the argument. The mark\nis \"done:\" + message[\"id\"].",
  ],
};
