import { writeFastApi } from "./api-fastapi.js";
import { writeFlask } from "./api-flask.js";
import { type Choices } from "./choices.js";
import { clientNames, clientsModule } from "./clients.js";
import { type DataInApi, dataInApi } from "./data-in-api.js";
import { importGroups, type Uses, use } from "./python-file.js";
import { type Topic, topicOf } from "./topics.js";

/** What both frameworks' templates need. */
export interface ApiParts {
  choices: Choices;
  topic: Topic;
  data: DataInApi;
  /** The client that holds the data, as the API writes it. */
  rd: string;
  of: Uses["of"];
}

/** The API's module, without .py. */
export function apiModule(choices: Choices): string {
  return choices.apiFile === "topic" ? topicOf(choices).file : choices.apiFile;
}

export function writeApi(choices: Choices): string {
  const { data: client } = clientNames(choices);
  const own = clientsModule(choices);
  const functions = ["add_job", "get_job_by_id", "get_result", "list_jobs"];
  const uses = use(
    choices,
    own === "jobs" ? { jobs: [...functions, client] } : { jobs: functions, [own]: [client] },
  );
  const data = dataInApi(choices);
  const parts = { choices, topic: topicOf(choices), data, rd: uses.of(client), of: uses.of };
  const imports = importGroups(
    ["import json", ...data.standard].join("\n"),
    choices.framework === "flask" ? "from flask import Flask, jsonify, request" : fastApiImports(choices),
    uses.lines,
  );
  return `${imports}\n\n${choices.framework === "flask" ? writeFlask(parts) : writeFastApi(parts)}`;
}

function fastApiImports({ early, server }: Choices): string {
  return [
    server === "file" ? "import uvicorn" : "",
    "from fastapi import FastAPI, HTTPException",
    early === 200 ? "" : "from fastapi.responses import JSONResponse",
    "from pydantic import BaseModel",
  ]
    .filter(Boolean)
    .join("\n");
}
