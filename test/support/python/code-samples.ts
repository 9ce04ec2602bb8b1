import { type Project, readProject } from "../../../src/subjects/python-code/project.js";
import { writeProject } from "./python-project.js";

export async function readCode(files: Record<string, string | Uint8Array>): Promise<Project> {
  await using project = await writeProject(files);
  return await readProject(project.folder);
}

export const JOBS = `import uuid
from hotqueue import HotQueue
import redis
rd = redis.Redis(host='127.0.0.1', port=6379, db=0)
q = HotQueue('queue', host='127.0.0.1', port=6379, db=1)
def add_job(start, end, status="submitted"):
    pass
`;
export const FLASK = `from flask import Flask, request
import jobs
app = Flask(__name__)
@app.route('/jobs', methods=['POST'])
def post_job():
    return jobs.add_job(1, 2)
if __name__ == '__main__':
    app.run(debug=True, host='0.0.0.0')
`;
export const FASTAPI = `from fastapi import FastAPI
from jobs import add_job
service = FastAPI()
@service.post("/jobs")
def post_job(body: dict):
    return add_job(1, 2)
`;
export const WORKER = `from jobs import q
@q.worker
def execute_job(jid):
    print(jid)
execute_job()
`;
