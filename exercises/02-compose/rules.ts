import {
  type Judgement,
  notYet,
  passed,
  type Place,
  type Traffic,
  shellCommand,
} from "../../src/course/authoring.js";
import { type DataFolder, type PythonAnswer, type Reach } from "../../src/subjects/containers/probe.js";
import { blockedByDisk } from "./machine.js";

/** 2.2: Redis can write to the folder. */
export function judgeData(data: DataFolder, { folder }: Place): Judgement {
  const expected = "a folder data beside the Compose file, in which uid 1000 may write";
  const probe = shellCommand("ls", "-ldn", data.path);
  if (!data.exists || !data.isFolder) {
    return notYet({
      expected,
      observed: data.exists ? "data is there, and is no folder" : `there is no data in ${folder}`,
      probe,
      next: "mkdir data   before docker compose up",
      mistake: "data-missing",
    });
  }
  if (data.writable === false) {
    return notYet({
      expected,
      observed: `data belongs to uid ${data.uid}, and uid 1000 cannot write there`,
      probe,
      cause:
        data.uid === 0
          ? "the Docker engine made it, because it was not there at docker compose up; so root owns it"
          : `your own number is ${data.uid}, and the container's is 1000`,
      next: "sudo chown 1000:1000 data   then: docker compose restart redis-db",
      mistake: "data-owned-by-root",
    });
  }
  return passed(
    data.writable === null
      ? "data is there"
      : `data belongs to uid ${data.uid}, and uid 1000 may write there`,
  );
}

/** 2.4: where Redis can be reached from, and where not. */
export function judgeReach({ inside, nameOnHost, published, bridge, own }: Reach): Judgement {
  const expected =
    "from python1 redis-db resolves and Redis answers; on this machine its published port answers";
  if (!inside.ok) {
    return notYet({
      expected,
      observed: `in python1: ${inside.reason}`,
      probe: `docker compose exec python1 python -c 'import socket; print(socket.create_connection(("redis-db", 6379)))'`,
      ...(/name resolution|Name or service not known/i.test(inside.reason) && {
        cause: "python1 and redis-db are not on the same network",
      }),
      next: "leave networks: out of the file, so that all three share one; then: docker compose up -d",
    });
  }
  if (!published?.answers) {
    return notYet({
      expected,
      observed: published
        ? `${published.address}: ${published.reason}`
        : "the port of redis-db is published nowhere",
      probe: "docker compose port redis-db 6379",
      next: 'ports: with the line   - "6379:6379"   then: docker compose up -d',
    });
  }
  const tried = [bridge, own].flatMap((one) =>
    one ? `${one.address} ${one.answers ? "answers" : "does not answer here"}` : [],
  );
  return passed(
    [
      `in python1 redis-db is ${inside.detail}`,
      `on this machine ${nameOnHost ? "the name is known too (an entry of your own)" : "the name is not known"}`,
      `${published.address} answers`,
      ...tried,
    ].join("; "),
  );
}

/** 2.5: both can run a HotQueue program. */
export function judgePackages(one: PythonAnswer, two: PythonAnswer): Judgement {
  if (one.ok && two.ok)
    return passed(`python1 has ${one.detail} and hotqueue, python2 has ${two.detail} and hotqueue`);
  const lacking = [
    ["python1", one],
    ["python2", two],
  ].filter((pair): pair is [string, Extract<PythonAnswer, { ok: false }>] => !(pair[1] as PythonAnswer).ok);
  return notYet({
    expected: "redis and hotqueue can be imported in python1 and in python2",
    observed: lacking.map(([name, { reason }]) => `${name}: ${reason}`).join("; "),
    probe: `docker compose exec ${lacking[0]?.[0] ?? ""} python -c 'import redis, hotqueue'`,
    ...(lacking.length === 1 && {
      cause: "each container has packages of its own: installed in one of the two only",
      mistake: "package-missing",
    }),
    next: lacking.map(([name]) => `docker compose exec ${name} pip install redis hotqueue`).join("\n"),
  });
}

/** 2.7: Redis has written to the folder. */
export function judgeSaved(data: DataFolder, traffic: Traffic | null, place: Place): Judgement {
  const { dump, path } = data;
  if (dump && dump.bytes > 0 && dump.hasKeys !== false)
    return passed(`dump.rdb in data, ${dump.bytes} bytes, written at ${dump.at}`);
  const full = blockedByDisk(data);
  if (full) return full;
  const next = `put a message that nobody consumes, wait two seconds, and look again (${place.tq("exercise 2 --check --step 2.7")})`;
  if (dump?.hasKeys === false) {
    return notYet({
      expected: "a file dump.rdb under data, in which Redis has saved a message",
      observed: `dump.rdb in data, written at ${dump.at}, holds nothing: Redis was empty then`,
      probe: shellCommand("ls", "-l", path),
      next,
      mistake: "nothing-saved",
    });
  }
  return notYet({
    expected: "a file dump.rdb under data, which Redis has written",
    observed: `there is none in ${path}`,
    probe: shellCommand("ls", "-l", path),
    ...(traffic === null
      ? {}
      : { cause: "nothing was changed yet, or Redis cannot write there (docker compose logs redis-db)" }),
    next,
  });
}
