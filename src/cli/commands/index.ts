import { type CommandEntry } from "../command.js";

/** The command tree. The order is the one of the help text. */
export const commands: readonly CommandEntry[] = [
  {
    name: "push",
    summary: "put messages on the queue",
    load: () => import("./push.js").then((module) => module.push),
  },
  { name: "get", summary: "take one message", load: () => import("./get.js").then((module) => module.get) },
  {
    name: "consume",
    summary: "print messages as they come, until Ctrl-C",
    load: () => import("./consume.js").then((module) => module.consume),
  },
  {
    name: "echo-worker",
    summary: "a worker that prints each message",
    load: () => import("./echo-worker.js").then((module) => module.echoWorker),
  },
  {
    name: "len",
    summary: "how many messages wait",
    load: () => import("./len.js").then((module) => module.len),
  },
  {
    name: "peek",
    summary: "show the next messages without taking them",
    load: () => import("./peek.js").then((module) => module.peek),
  },
  {
    name: "clear",
    summary: "remove all messages of the queue",
    load: () => import("./clear.js").then((module) => module.clear),
  },
  {
    name: "queues",
    summary: "list the queues and their lengths",
    load: () => import("./queues.js").then((module) => module.queues),
  },
  {
    name: "recover",
    summary: "return to the queue what dead consumers held",
    load: () => import("./recover.js").then((module) => module.recover),
  },
  {
    name: "dead",
    summary: "messages that have failed for good",
    children: [
      {
        name: "list",
        summary: "which there are",
        load: () => import("./dead/list.js").then((module) => module.list),
      },
      {
        name: "show",
        summary: "one of them, and why it failed",
        load: () => import("./dead/show.js").then((module) => module.show),
      },
      {
        name: "retry",
        summary: "put them on the queue again",
        load: () => import("./dead/retry.js").then((module) => module.retry),
      },
      {
        name: "drop",
        summary: "remove them",
        load: () => import("./dead/drop.js").then((module) => module.drop),
      },
    ],
  },
  {
    name: "status",
    summary: "queues, who works on what, and what has failed",
    load: () => import("./status.js").then((module) => module.status),
  },
  {
    name: "exercise",
    summary: "the exercises: walk through them, and verify what you did",
    load: () => import("./exercise/index.js").then((module) => module.exercise),
  },
  {
    name: "redis",
    summary: "start and stop a Redis for the queue",
    children: [
      {
        name: "up",
        summary: "start Redis in the background",
        load: () => import("./redis/up.js").then((module) => module.up),
      },
      {
        name: "down",
        summary: "stop the Redis that tq started",
        load: () => import("./redis/down.js").then((module) => module.down),
      },
      {
        name: "status",
        summary: "which Redis tq started, and whether it runs",
        load: () => import("./redis/status.js").then((module) => module.status),
      },
      {
        name: "logs",
        summary: "what Redis wrote to its log",
        load: () => import("./redis/logs.js").then((module) => module.logs),
      },
      {
        name: "url",
        summary: "the address of the Redis that commands use",
        load: () => import("./redis/url.js").then((module) => module.url),
      },
      {
        name: "cli",
        summary: "talk to Redis directly",
        load: () => import("./redis/cli.js").then((module) => module.cli),
      },
      {
        name: "serve-embedded",
        summary: "be the embedded Redis",
        hidden: true,
        load: () => import("./redis/serve-embedded.js").then((module) => module.serveEmbedded),
      },
    ],
  },
  {
    name: "demo",
    summary: "see a queue at work: a private Redis, a producer, a consumer",
    load: () => import("./demo.js").then((module) => module.demo),
  },
  {
    name: "sidecar",
    summary: "Python containers beside Redis",
    children: [
      {
        name: "up",
        summary: "start them",
        load: () => import("./sidecar/up.js").then((module) => module.up),
      },
      {
        name: "list",
        summary: "which there are",
        load: () => import("./sidecar/list.js").then((module) => module.list),
      },
      {
        name: "exec",
        summary: "run a command in one",
        load: () => import("./sidecar/exec.js").then((module) => module.exec),
      },
      {
        name: "shell",
        summary: "a terminal in one",
        load: () => import("./sidecar/shell.js").then((module) => module.shell),
      },
      {
        name: "down",
        summary: "remove them and their network",
        load: () => import("./sidecar/down.js").then((module) => module.down),
      },
    ],
  },
  {
    name: "cluster",
    summary: "a Kubernetes cluster on this machine, for exercise 8",
    children: [
      {
        name: "up",
        summary: "make one, with kind, k3d or minikube",
        load: () => import("./cluster/up.js").then((module) => module.up),
      },
      {
        name: "status",
        summary: "whether there is one",
        load: () => import("./cluster/status.js").then((module) => module.status),
      },
      {
        name: "down",
        summary: "remove the one that tq made",
        load: () => import("./cluster/down.js").then((module) => module.down),
      },
    ],
  },
  {
    name: "network",
    summary: "who can reach Redis under which name and address",
    load: () => import("./network.js").then((module) => module.network),
  },
  {
    name: "doctor",
    summary: "what this machine has and lacks for each exercise",
    load: () => import("./doctor.js").then((module) => module.doctor),
  },
  {
    name: "setup",
    summary: "fetch ahead what the exercises need",
    load: () => import("./setup.js").then((module) => module.setup),
  },
  {
    name: "menu",
    summary: "choose what to do",
    hidden: true,
    load: () => import("./menu.js").then((module) => module.menu),
  },
  {
    name: "help",
    summary: "what tq can do, or one command",
    load: () => import("./help.js").then((module) => module.help),
  },
  {
    name: "completion",
    summary: "let a shell complete what you type",
    load: () => import("./completion.js").then((module) => module.completion),
  },
  {
    name: "complete",
    summary: "the words that can follow",
    hidden: true,
    load: () => import("./complete.js").then((module) => module.complete),
  },
  {
    name: "dev",
    summary: "for authors of exercises",
    children: [
      {
        name: "check",
        summary: "whether each exercise tells its students apart",
        load: () => import("./dev/check.js").then((module) => module.check),
      },
      {
        name: "new",
        summary: "lays out a new exercise, small and complete",
        load: () => import("./dev/new.js").then((module) => module.create),
      },
      {
        name: "reference",
        summary: "prints the reference of all commands, which docs/commands.md is",
        load: () => import("./dev/reference.js").then((module) => module.reference),
      },
    ],
  },
];
