// Loaded before a program: writes the names that it looks up and the command lines that it starts into a file.
import childProcess from "node:child_process";
import dns from "node:dns";
import { appendFileSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";

const note = (what) => appendFileSync(process.env.TQ_TEST_WATCH, `${JSON.stringify(what)}\n`);

for (const name of ["lookup", "resolve", "resolve4", "resolve6", "resolveSrv"]) {
  const original = dns[name];
  dns[name] = (host, ...rest) => {
    note({ lookup: host });
    return original(host, ...rest);
  };
}
for (const name of ["spawn", "execFile", "exec", "fork", "spawnSync", "execFileSync", "execSync"]) {
  const original = childProcess[name];
  childProcess[name] = (...given) => {
    note({ started: [given[0], Array.isArray(given[1]) ? given[1] : []] });
    return original(...given);
  };
}
syncBuiltinESMExports();
