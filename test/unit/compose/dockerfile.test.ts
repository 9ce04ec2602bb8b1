import { expect, it } from "vitest";
import { parseDockerfile } from "../../../src/compose/dockerfile.js";

const read = (text: string, options = {}) =>
  parseDockerfile(text, "/work/Dockerfile", { root: "/work", ...options });

it("reads what a container of the image starts with", () => {
  const found = read(`# syntax=docker/dockerfile:1
ARG VERSION=3.14
FROM python:\${VERSION}-slim
WORKDIR /app
WORKDIR src
ENV A=1 B="two words" \\
    # between the lines
    C=$A
ENV OLD the old way
COPY requirements.txt .
RUN pip install \\
    -r requirements.txt
COPY ["a.py", "b c.py", "./"]
EXPOSE 5000/tcp 80
ENTRYPOINT ["python"]
CMD ["api.py"]
`);
  expect(found).toMatchObject({
    ...{ file: "Dockerfile", base: "python:3.14-slim", folder: "/app/src", exposes: [5000, 80] },
    ...{ entrypoint: ["python"], command: ["api.py"], runsAt: { line: 16 } },
  });
  expect([...(found?.environment ?? [])].map(([name, { value, line }]) => [name, value, line])).toEqual([
    ["A", "1", 6],
    ["B", "two words", 6],
    ["C", "$A", 6],
    ["OLD", "the old way", 9],
  ]);
  expect(found?.copies).toMatchObject([
    { sources: ["requirements.txt"], to: "/app/src/", line: 10 },
    { sources: ["a.py", "b c.py"], to: "/app/src/", line: 13 },
  ]);
  expect(found?.runs).toMatchObject([{ folder: "/app/src", line: 11 }]);
  expect(found?.runs[0]?.command.replace(/\s+/g, " ")).toBe("pip install -r requirements.txt");
});

it("stands on the stages below, and ends with the one that is asked for", () => {
  const text = `FROM python:3.14 AS base
ENV A=1
WORKDIR /code
FROM base AS api
CMD flask run
FROM base AS worker
COPY --from=api /code/x /y
CMD ["python", "worker.py"]
`;
  expect(read(text)).toMatchObject({
    ...{ base: "python:3.14", folder: "/code", command: ["python", "worker.py"] },
    copies: [{ from: "api", sources: ["/code/x"], to: "/y" }],
  });
  expect(read(text, { target: "api" })?.command).toEqual(["/bin/sh", "-c", "flask run"]);
  expect(read(text, { target: "none" })).toBeNull();
});

it("takes a heredoc for one instruction, and knows a file without a stage for none", () => {
  const found = read("FROM python\nRUN <<EOF\npip install flask\nCMD no\nEOF\nCMD yes\n");
  expect(found?.runs[0]?.command).toBe("pip install flask\nCMD no");
  expect(found?.command).toEqual(["/bin/sh", "-c", "yes"]);
  expect(read("# nothing\n")).toBeNull();
});
