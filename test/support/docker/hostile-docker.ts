import { type EngineSocket, listenAsEngine } from "./engine-socket.js";

const ID = "0123456789ab".repeat(5);

/** A Docker engine whose every word about its one container holds `text`, as no real one lets a container have it. */
export function startHostileDocker(text: string, labels: Record<string, string>): Promise<EngineSocket> {
  const network = { IPAddress: `10.0.0.1${text}`, Aliases: [`alias${text}`] };
  const container = {
    Id: ID,
    Name: `/name${text}`,
    Names: [`/name${text}`],
    Image: `image${text}`,
    Labels: labels,
    State: "running",
    Config: { Image: `image${text}`, Labels: labels, ExposedPorts: { "6379/tcp": {} } },
    NetworkSettings: { Networks: { [`net${text}`]: network }, Ports: {} },
    HostConfig: { PortBindings: {} },
  };
  const inspected = {
    ...container,
    State: { Running: true, Status: `running${text}`, Error: text, ExitCode: 0, StartedAt: "" },
  };
  return listenAsEngine((request, response) => {
    const path = (request.url ?? "").replace(/^\/v[\d.]+/, "").split("?")[0] ?? "";
    const answer: unknown =
      path === "/containers/json"
        ? [container]
        : path === `/containers/${ID}/json`
          ? inspected
          : path === "/networks"
            ? [{ Name: `net${text}`, Driver: `driver${text}`, IPAM: { Config: [{ Gateway: "10.0.0.254" }] } }]
            : path === "/version"
              ? { Version: `27${text}`, ApiVersion: "1.47" }
              : null;
    if (path === "/_ping") response.end("OK");
    else if (answer === null) response.writeHead(500).end(JSON.stringify({ message: `refused${text}` }));
    else response.end(JSON.stringify(answer));
  });
}
