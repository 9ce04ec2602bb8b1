import { type ApiParts } from "./api.js";
import { pythonFile } from "./python-file.js";

/** The API with FastAPI, below its imports. */
export function writeFastApi(parts: ApiParts): string {
  const { choices, data } = parts;
  const start = `
if __name__ == '__main__':
    uvicorn.run(app, host='0.0.0.0', port=5000)`;
  return pythonFile(
    "app = FastAPI()",
    "class JobRequest(BaseModel):\n    start: int\n    end: int",
    data.code,
    writeData(parts),
    writeJobs(parts),
    choices.server === "file" ? start : "",
  );
}

function writeData({ data, topic: { things, id, search }, rd }: ApiParts): string {
  return pythonFile(
    `
@app.post('/data')
def load_data():
    ${things} = ${data.records}
    ${rd}.hset('${things}', mapping={one['${id}']: json.dumps(one) for one in ${things}})
    return {'message': '{} ${things} are loaded'.format(len(${things}))}`,
    `
@app.get('/data')
def list_data(search: str = ''):
    ${things} = [json.loads(text) for text in ${rd}.hvals('${things}')]
    return [one for one in ${things} if search.lower() in one['${search}'].lower()]`,
    `
@app.get('/data/{${id}}')
def read_one(${id}: str):
    text = ${rd}.hget('${things}', ${id})
    if text is None:
        raise HTTPException(status_code=404, detail='none of the ${things} is {}'.format(${id}))
    return json.loads(text)`,
  );
}

function writeJobs({ choices: { accepted, early }, of }: ApiParts): string {
  const unknown = "raise HTTPException(status_code=404, detail='there is no job {}'.format(jid))";
  const answer =
    "{'message': 'job {} is not done yet, ask again later'.format(jid), 'status': job['status']}";
  return pythonFile(
    `
@app.post('/jobs'${accepted === 200 ? "" : `, status_code=${accepted}`})
def create_job(body: JobRequest):
    return ${of("add_job")}(body.start, body.end)`,
    `
@app.get('/jobs')
def read_jobs():
    return ${of("list_jobs")}()`,
    `
@app.get('/jobs/{jid}')
def read_job(jid: str):
    job = ${of("get_job_by_id")}(jid)
    if job is None:
        ${unknown}
    return job`,
    `
@app.get('/jobs/{jid}/results')
def read_results(jid: str):
    job = ${of("get_job_by_id")}(jid)
    if job is None:
        ${unknown}
    result = ${of("get_result")}(jid)
    if result is None:
        answer = ${answer}
        return ${early === 200 ? "answer" : `JSONResponse(answer, status_code=${early})`}
    return {'id': jid, 'result': result}`,
  );
}
