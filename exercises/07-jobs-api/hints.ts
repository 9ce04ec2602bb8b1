import { type Hints } from "../../src/course/authoring.js";

export const hints: Record<string, Hints> = {
  "7.1": [
    "Which name does the message give, and where is it defined or imported?",
    "A name that one module uses stands in that module or in its imports. api and\nworker import from jobs; jobs imports neither of them.",
    "python -c 'import jobs'   and   python worker.py   in the folder of your files:\nread the last line, and the file and line above it",
    "In api.py:    from jobs import add_job, get_job_by_id\nIn worker.py: from jobs import get_job_by_id, q, save_result, update_job_status\nand as worker.py's last line: execute_job()",
  ],
  "7.2": [
    "What does python api.py print: an address, or a traceback?",
    "Between the imports and the start of the server there are only definitions.\nLoading data belongs into POST /data, the work into worker.py.",
    "python api.py   and in a second terminal   curl -i localhost:5000/jobs",
    'At the end of api.py, for Flask:\nif __name__ == "__main__":\n    app.run(host="0.0.0.0", port=5000)\nand for FastAPI:   uvicorn.run(app, host="0.0.0.0", port=5000)',
  ],
  "7.3": [
    "Under which key does POST /data write a record, and which one does GET read?",
    "POST /data writes each record as JSON under its id, GET reads it back. One id\nthat is not there is 404; a search that finds nothing is an empty list.",
    "curl -X POST localhost:5000/data\ncurl 'localhost:5000/data?search=robin'\ncurl -i localhost:5000/data/nothing\ntq redis cli --db 2 KEYS '*'",
    'Write:  sightings.set(record["id"], json.dumps(record))\nRead:   json.loads(sightings.get(key)) for key in sorted(sightings.keys())\nSearch: wanted in record["bird"].lower()',
  ],
  "7.4": [
    "How long does curl wait for the answer to POST /jobs?",
    "The route saves the record, puts the id on the queue, and answers with the job.\nThe work itself is the worker's.",
    'curl -i localhost:5000/jobs -H \'Content-Type: application/json\' \\\n  -d \'{"start": "2026-03-01", "end": "2026-03-08"}\'\ntq len',
    'The route of exercise 5, as it was:\nreturn add_job(body["start"], body["end"])',
  ],
  "7.5": [
    "What does GET /jobs/<id> answer before, during and after the work?",
    "The record has the status, and get_job_by_id reads it anew for each request.\nGET /jobs goes through all keys that begin with job.",
    "curl localhost:5000/jobs/<id>   again and again while the worker works",
    'def list_jobs():\n    return [rd.hgetall(key) for key in rd.keys(_generate_job_key("*"))]\nGive lists and dicts back as they are; json.dumps would encode them twice.',
  ],
  "7.6": [
    "What does results.get(jid) give when there is no result yet?",
    "First look at the job: is there one, is it complete? Only then at the result.",
    "curl -i localhost:5000/jobs/nothing\ncurl -i localhost:5000/jobs/nothing/results\ncurl -i localhost:5000/jobs/<id>/results   while no worker runs",
    'if job is None:\n    return {"error": "there is no job {}".format(jid)}, 404\nif job["status"] != "complete":\n    return {"error": "no result yet: the job is {}".format(job["status"])}, 409\nFastAPI: raise HTTPException(404, "…")',
  ],
  "7.7": [
    "What does the API know that is not in Redis?",
    "A list or dict at the top of api.py is gone when the API ends. And what stands\nat the top of a module is done at each start.",
    "Send a job, end the API with Ctrl-C, start it again:\ncurl localhost:5000/jobs/<id>",
    "No variable that remembers jobs, no flushdb() or flushall() at the start. Ask\nRedis each time: get_job_by_id(jid).",
  ],
  "7.8": [
    "Where does the worker leave what it has counted, and who reads it there?",
    "Status, work, result, status: in this order. The result goes under the job's id\ninto the database in which the API looks.",
    "Send a job while no worker runs. Then   python worker.py   and\ncurl localhost:5000/jobs/<id>/results   when the status is complete",
    'update_job_status(jid, "in progress")\nresult = _count_birds(job["start"], job["end"])\nsave_result(jid, result)\nupdate_job_status(jid, "complete")\nwith results.set(jid, json.dumps(result)) in save_result',
  ],
  "7.9": [
    "Three workers run. Does anything make one of them wait for another?",
    "@q.worker takes an id off the list, so no other worker gets it. Nothing is put\nback, nothing is locked, and the worker goes on after each job.",
    "python worker.py   in three terminals, and send six jobs",
    "@q.worker without arguments, one job in execute_job, no q.put in worker.py, no\nexit(), no loop over q.consume() in it.",
  ],
  "7.10": [
    "In a container of the worker: what is REDIS_IP, and what does the code make of\nit?",
    "Every service that runs your code gets the variable, with the name of the Redis\nservice, and every client is made with the host that it names.",
    "docker compose config\ndocker compose exec worker printenv REDIS_IP\ndocker compose logs worker",
    'In jobs.py: host = os.environ.get("REDIS_IP", "127.0.0.1"), for all clients\nIn docker-compose.yml, for api and for worker:\n    environment:\n      REDIS_IP: redis-db',
  ],
};
