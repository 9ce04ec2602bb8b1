import { type Rule } from "./error-rule.js";
import { type Target } from "./target.js";

const applies = ({ connection }: Target) => connection.path !== undefined;

const WHICH = "The Redis tells where its socket is:  redis-cli CONFIG GET unixsocket";

/** What goes wrong on the way to a Unix socket; the first that matches explains. */
export const SOCKET_RULES: Rule[] = [
  {
    when: /ENOENT|ENOTDIR/,
    applies,
    explain: () => ({
      code: "redis-no-socket",
      says: "cannot be reached: there is no such file",
      hint: `${WHICH}\nStart one without a socket:           tq redis up`,
    }),
  },
  {
    when: /EACCES|EPERM/,
    applies,
    explain: ({ connection }) => ({
      code: "redis-socket-permission",
      says: "cannot be reached: this user may not use that socket",
      hint: `See who may:  ls -l ${connection.path ?? ""}\nIts Redis sets that with unixsocketperm.`,
    }),
  },
  {
    when: /ECONNREFUSED|ENOTSOCK|EINVAL|ENAMETOOLONG/,
    applies,
    explain: () => ({
      code: "redis-unreachable",
      says: "does not answer: nobody listens on that file, or it is not a socket",
      hint: `Start that Redis again, or name another.\n${WHICH}`,
    }),
  },
];
