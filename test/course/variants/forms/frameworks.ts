import { indent, lines } from "./python.js";
import { type FormChoices } from "./ways.js";

/** A route as both frameworks have it; its path names its parameters as Flask does. */
interface Route {
  method: "GET" | "POST";
  path: string;
  name: string;
  /** Values of the query, each text that may lack. */
  query?: readonly string[];
  /** FastAPI's parameter for what is sent, such as `body: JobRequest`. */
  sent?: string;
  code: string;
}

/** How a framework's code says it. Everything but the route is a line that returns. */
export interface Web {
  route: (route: Route) => string;
  json: (value: string, status?: number) => string;
  /** JSON that is sent as a page. */
  html: (value: string) => string;
  text: (value: string) => string;
  header: (value: string, name: string, content: string) => string;
  refuse: (status: number, message: string) => string;
  bytes: (value: string, type: string, file: string | null) => string;
  file: (path: string, type: string) => string;
}

const flask: Web = {
  route: ({ method, path, name, query = [], code }) =>
    lines(
      `@app.route('${path}', methods=['${method}'])`,
      `def ${name}(${parametersIn(path).join(", ")}):`,
      ...query.map((one) => `    ${one} = request.args.get('${one}', '')`),
      indent(code),
    ),
  json: (value, status = 200) => `return jsonify(${value})${status === 200 ? "" : `, ${status}`}`,
  html: (value) => `return json.dumps(${value}, indent=2) + '\\n'`,
  text: (value) => `return ${value}`,
  header: (value, name, content) => `return jsonify(${value}), 202, {'${name}': ${content}}`,
  refuse: (status, message) => `return jsonify({'error': ${message}}), ${status}`,
  bytes: (value, type, file) =>
    file === null
      ? `return Response(${value}, mimetype='${type}')`
      : `return send_file(io.BytesIO(${value}), mimetype='${type}', as_attachment=True, download_name='${file}')`,
  file: (path, type) => `return send_file(${path}, mimetype='${type}', as_attachment=True)`,
};

const fastapi: Web = {
  route: ({ method, path, name, query = [], sent, code }) => {
    const parameters = [
      ...parametersIn(path).map((one) => `${one}: str`),
      ...(sent === undefined ? [] : [sent]),
      ...query.map((one) => `${one}: str = ''`),
    ];
    return lines(
      `@app.${method.toLowerCase()}('${path.replaceAll("<", "{").replaceAll(">", "}")}')`,
      `def ${name}(${parameters.join(", ")}):`,
      indent(code),
    );
  },
  json: (value, status = 200) =>
    status === 200 ? `return ${value}` : `return JSONResponse(${value}, status_code=${status})`,
  html: (value) => `return HTMLResponse(json.dumps(${value}))`,
  text: (value) => `return PlainTextResponse(${value})`,
  header: (value, name, content) =>
    `return JSONResponse(${value}, status_code=202, headers={'${name}': ${content}})`,
  refuse: (status, message) => `raise HTTPException(status_code=${status}, detail=${message})`,
  bytes: (value, type, file) =>
    file === null
      ? `return Response(content=${value}, media_type='${type}')`
      : `return Response(content=${value}, media_type='${type}', headers={'Content-Disposition': 'attachment; filename=${file}'})`,
  file: (path, type) => `return FileResponse(${path}, media_type='${type}')`,
};

export function webOf({ framework }: FormChoices): Web {
  return framework === "flask" ? flask : fastapi;
}

/** The names between < and > in a path. */
function parametersIn(path: string): string[] {
  return [...path.matchAll(/<(\w+)>/g)].map(([, name]) => name ?? "");
}
