import { type ApiParts } from "./api.js";
import { pythonFile } from "./python-file.js";

/** The API with Flask, below its imports. */
export function writeFlask(parts: ApiParts): string {
  const { choices, data } = parts;
  const start = `
if __name__ == '__main__':
    app.run(debug=True, host='0.0.0.0')`;
  return pythonFile(
    "app = Flask(__name__)",
    data.code,
    writeData(parts),
    writeSubmit(parts),
    writeJobs(parts),
    choices.server === "file" ? start : "",
  );
}

function writeData({ data, topic: { things, id, search }, rd }: ApiParts): string {
  return pythonFile(
    `
@app.route('/data', methods=['POST'])
def load_data():
    ${things} = ${data.records}
    ${rd}.hset('${things}', mapping={one['${id}']: json.dumps(one) for one in ${things}})
    return jsonify({'message': '{} ${things} are loaded'.format(len(${things}))})`,
    `
@app.route('/data', methods=['GET'])
def list_data():
    search = request.args.get('search', '').lower()
    ${things} = [json.loads(text) for text in ${rd}.hvals('${things}')]
    return jsonify([one for one in ${things} if search in one['${search}'].lower()])`,
    `
@app.route('/data/<${id}>', methods=['GET'])
def read_one(${id}):
    text = ${rd}.hget('${things}', ${id})
    if text is None:
        return jsonify({'error': 'none of the ${things} is {}'.format(${id})}), 404
    return jsonify(json.loads(text))`,
  );
}

function writeSubmit({ choices: { accepted }, of }: ApiParts): string {
  return `
@app.route('/jobs', methods=['POST'])
def create_job():
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        return jsonify({'error': 'send a JSON object with start and end'}), 400
    for field in ('start', 'end'):
        if field not in body:
            return jsonify({'error': 'the field {} is missing'.format(field)}), 400
        if not isinstance(body[field], int):
            return jsonify({'error': 'the field {} must be an integer'.format(field)}), 400
    return jsonify(${of("add_job")}(body['start'], body['end']))${accepted === 200 ? "" : `, ${accepted}`}`;
}

function writeJobs({ choices: { early }, of }: ApiParts): string {
  const unknown = "return jsonify({'error': 'there is no job {}'.format(jid)}), 404";
  return pythonFile(
    `
@app.route('/jobs', methods=['GET'])
def read_jobs():
    return jsonify(${of("list_jobs")}())`,
    `
@app.route('/jobs/<jid>', methods=['GET'])
def read_job(jid):
    job = ${of("get_job_by_id")}(jid)
    if job is None:
        ${unknown}
    return jsonify(job)`,
    `
@app.route('/jobs/<jid>/results', methods=['GET'])
def read_results(jid):
    job = ${of("get_job_by_id")}(jid)
    if job is None:
        ${unknown}
    result = ${of("get_result")}(jid)
    if result is None:
        answer = {'message': 'job {} is not done yet, ask again later'.format(jid), 'status': job['status']}
        return jsonify(answer)${early === 200 ? "" : `, ${early}`}
    return jsonify({'id': jid, 'result': result})`,
  );
}
