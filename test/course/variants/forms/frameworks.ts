import { indent, lines } from "./python.js";
import { type FormChoices } from "./ways.js";

/** A route as both frameworks have it; its path names its parameters as Flask does. */
interface Route {
  method: "GET" | "POST" | "DELETE";
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

const flaskOf = (routes: string): Web => ({
  route: ({ method, path, name, query = [], code }) =>
    lines(
      `@${routes}.route('${path}', methods=['${method}'])`,
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
});

const fastapiOf = (routes: string): Web => ({
  route: ({ method, path, name, query = [], sent, code }) => {
    const parameters = [
      ...parametersIn(path).map((one) => `${one}: str`),
      ...(sent === undefined ? [] : [sent]),
      ...query.map((one) => `${one}: str = ''`),
    ];
    return lines(
      `@${routes}.${method.toLowerCase()}('${path.replaceAll("<", "{").replaceAll(">", "}")}')`,
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
});

export function webOf({ framework, mounted }: FormChoices): Web {
  const routes = mounted === "app" ? "app" : "routes";
  return framework === "flask" ? flaskOf(routes) : fastapiOf(routes);
}

/** The application, and at the end of the module what joins its parts. */
export function applicationOf({ framework, mounted }: FormChoices): { made: string; joined: string } {
  const app = framework === "flask" ? "app = Flask(__name__)" : "app = FastAPI()";
  if (mounted === "app") return { made: app, joined: "" };
  return framework === "flask"
    ? {
        made: `${app}\nroutes = Blueprint('routes', __name__, url_prefix='${PREFIX}')`,
        joined: "app.register_blueprint(routes)",
      }
    : { made: `${app}\nroutes = APIRouter(prefix='${PREFIX}')`, joined: "app.include_router(routes)" };
}

const PREFIX = "/api/v1";

/** In front of all paths, as a client asks. */
export function prefixOf({ mounted }: Pick<FormChoices, "mounted">): string {
  return mounted === "app" ? "" : PREFIX;
}

/** The names between < and > in a path. */
function parametersIn(path: string): string[] {
  return [...path.matchAll(/<(\w+)>/g)].map(([, name]) => name ?? "");
}
