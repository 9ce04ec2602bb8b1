import { type Ways } from "./jobs-api.js";
import { type Mistake } from "./mistake.js";

const CLIENTS = (ways: Ways): boolean => ways.clients === "jobs";
const NAMES = (ways: Ways): boolean => ways.imports === "names";

/** What is written wrongly in the module of jobs, by what it is. */
export const MISTAKES_IN_JOBS: Record<string, Mistake> = {
  "a missing colon": {
    kind: "syntax-error",
    breaks: true,
    in: "jobs",
    change: [[/def _queue_job\(jid\):/, "def _queue_job(jid)"]],
    line: /def _queue_job/,
    says: /colon/,
  },
  "a bracket left open": {
    kind: "syntax-error",
    breaks: true,
    in: "jobs",
    change: [[/q\.put\(jid\)/, "q.put(jid"]],
    line: /q\.put/,
    says: /bracket/,
  },
  "no indentation": {
    kind: "syntax-error",
    breaks: true,
    in: "jobs",
    change: [[/ {4}q\.put/, "q.put"]],
    line: /q\.put/,
    says: /indented/,
  },
  "an unfinished call": {
    kind: "unfinished",
    breaks: true,
    in: "jobs",
    change: [[/q\.put\(jid\)/, "q.put(.....)"]],
    line: /q\.put/,
    says: /unfinished/,
  },
  "an open name": {
    kind: "unfinished",
    breaks: true,
    in: "jobs",
    change: [[/q\.put\(jid\)/, "q.put(<the id>)"]],
    line: /q\.put/,
  },
  "uuid forgotten": {
    kind: "undefined-name",
    breaks: true,
    in: "jobs",
    change: [[/import uuid\n/, ""]],
    line: /uuid4/,
  },
  "save_job for _save_job": {
    kind: "undefined-name",
    breaks: true,
    in: "jobs",
    change: [
      [
        / {4}_save_job\(_generate_job_key\(jid\), job_dict\)/,
        "    save_job(_generate_job_key(jid), job_dict)",
      ],
    ],
    line: /save_job/,
  },
  "redis.StrictRedis after from redis": {
    kind: "undefined-name",
    breaks: true,
    in: "jobs",
    change: [
      [/import redis\n/, "from redis import StrictRedis\n"],
      [/redis\.Redis/, "redis.StrictRedis"],
    ],
    line: /StrictRedis\(/,
    only: CLIENTS,
  },
  "a class called otherwise": {
    kind: "name-not-there",
    breaks: true,
    in: "jobs",
    change: [[/from hotqueue import HotQueue/, "from hotqueue import Hotqueue as HotQueue"]],
    line: /Hotqueue/,
    only: CLIENTS,
  },
  "jobs imports worker": {
    kind: "jobs-imports-others",
    breaks: false,
    in: "jobs",
    change: [[/import uuid\n/, "import uuid\nfrom worker import execute_job\n"]],
    line: /from worker/,
  },
  "a circle that fails": {
    kind: "circular-import",
    breaks: true,
    in: "jobs",
    change: [[/import uuid\n/, "import uuid\nfrom worker import execute_job\n"]],
    line: /from worker/,
    says: /import each other/,
    only: NAMES,
  },
  "too many arguments": {
    kind: "wrong-arguments",
    breaks: true,
    in: "jobs",
    change: [[/= _generate_jid\(\)/, "= _generate_jid(start)"]],
    line: /_generate_jid\(start\)/,
    says: /takes none/,
  },
  "a method of HotQueue's that is none": {
    kind: "unknown-method",
    breaks: true,
    in: "jobs",
    change: [[/q\.put\(jid\)/, "q.enqueue(jid)"]],
    line: /enqueue/,
    says: /no enqueue/,
  },
  "a method of Redis' that is none": {
    kind: "unknown-method",
    breaks: true,
    in: "jobs",
    change: [[/rd\.(hset|hmset|set)\(job_key/, "rd.hashset(job_key"]],
    line: /hashset/,
  },
  "HotQueue called wrongly": {
    kind: "wrong-arguments",
    breaks: true,
    in: "jobs",
    change: [[/q\.put\(jid\)/, "q.put(jid, block=True)"]],
    line: /block/,
  },
  "the queue among the records": {
    kind: "queue-in-records-db",
    breaks: false,
    in: "jobs",
    change: [[/(HotQueue\(.*db=)\d+/, "$1{records}"]],
    line: /HotQueue\(/,
    only: CLIENTS,
  },
  "a host in the code": {
    kind: "host-literal",
    breaks: false,
    in: "jobs",
    change: [[/Redis\(host=redis_ip/, "Redis(host='172.17.0.2'"]],
    line: /172/,
    only: CLIENTS,
  },
  "two hosts": {
    kind: "hosts-differ",
    breaks: true,
    in: "jobs",
    change: [[/Redis\(host=redis_ip/, "Redis(host='127.0.0.1'"]],
    line: /127\.0\.0\.1', port/,
    only: CLIENTS,
  },
  "the parameter overwritten": {
    kind: "parameter-overwritten",
    breaks: true,
    in: "jobs",
    change: [
      [
        / {4}job = get_job_by_id\(jid\)\n/,
        "    jid, status, start, end = rd.hmget(_generate_job_key(jid), 'id', 'status', 'start', 'end')\n    job = _instantiate_job(jid, status, start, end)\n",
      ],
    ],
    line: /hmget/,
    says: /status was given/,
  },
  "decode of an answer that is text": {
    kind: "decode-on-text",
    breaks: true,
    in: "jobs",
    change: [
      [
        /def get_job_by_id\(jid\):\n/,
        "def get_job_by_id(jid):\n    print(rd.hget(_generate_job_key(jid), 'id').decode('utf-8'))\n",
      ],
    ],
    line: /decode/,
  },
  "decode of what str made": {
    kind: "decode-on-text",
    breaks: true,
    in: "jobs",
    change: [[/def add_job\(.*\n/, "$&    jid = str(uuid.uuid4()).decode()\n"]],
    line: /decode/,
  },
};
