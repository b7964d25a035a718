import { request as httpRequest } from "node:http";
import { cdktfIn, expectSuccess, scriptIn } from "../../support/command";
import { E2eEnvironment } from "../../support/e2e-environment";
import { eventually } from "../../support/eventually";
import { layerOutputs } from "../../support/outputs";
import { plannedChanges } from "../../support/plan";
import { CloudFrontClient, ListDistributionsCommand } from "@aws-sdk/client-cloudfront";
import { localClientConfig } from "../../../packages/local-cloud/src/aws-clients";
import type { Settings } from "../../../deploy/testing/example-settings";
import type { RepositoryCopy } from "../../../scripts/testing/repository-copy";

/** dev on an emulator of its own, whose parts are turned on one after the other, and off again. */
let e2e: E2eEnvironment;
let copy: RepositoryCopy;
const created: string[] = [];

const name = "api.example.com";
const domain = `{ name = "${name}", hosted_zone = "example.com", create_zone = true }`;
const network =
  '{ cidr = "10.20.0.0/20", availability_zones = ["REGIONa", "REGIONb"], endpoints = ["dynamodb", "logs", "secretsmanager", "sqs", "xray"] }';
const edge = (closed: boolean) =>
  `{ rate_limit = 2000, closed_origin = ${closed}, secret_max_age_seconds = 1 }`;

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** Sends a request to the emulator with another Host, which fetch does not allow. */
function send(
  host: string,
  path: string,
  {
    method = "GET",
    headers = {},
    body,
  }: { method?: string; headers?: Record<string, string>; body?: unknown } = {},
): Promise<Answer> {
  const { hostname, port } = new URL(e2e.local.cloud.target.endpoint);
  const sent = body === undefined ? undefined : JSON.stringify(body);
  const all = {
    host,
    "x-forwarded-proto": "https",
    ...(sent && { "content-type": "application/json" }),
    ...headers,
  };
  return new Promise((resolve, reject) => {
    const call = httpRequest({ hostname, port, path, method, headers: all }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => {
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString(),
        });
      });
    });
    call.on("error", reject);
    call.end(sent);
  });
}

/** Deploys dev with other values of the parts. */
const deployWith = (infra: Settings, inNetwork: boolean) =>
  e2e.deployWith({ infra, app: { in_network: inNetwork ? "true" : undefined } });

const unchanged = async () => {
  expect(await plannedChanges(e2e.local.cloud, e2e.local.home)).toEqual([]);
};

/** At a distribution's own name the emulator answers /health itself. */
const probe = "/tasks?limit=1";

/** None, a guess, and an empty one. */
const wrongSecrets: Record<string, string>[] = [
  {},
  { "x-origin-secret": "guess" },
  { "x-origin-secret": "" },
];

const task = { type: "echo", payload: { message: "through the edge" } };

/** Creates a task by the API's own address, and waits for its result. */
async function taskSucceeds(headers: Record<string, string> = {}): Promise<void> {
  const response = await e2e.service.api.call("POST", "/tasks", task, headers);
  expect(response.status).toBe(202);
  await succeeded(response.headers.get("location") ?? "");
}

async function succeeded(location: string): Promise<void> {
  const id = location.split("/").at(-1) ?? "";
  created.push(id);
  await eventually(`task ${id} has succeeded`, 120, async () =>
    (await e2e.service.repository.get(id))?.state === "succeeded" ? true : undefined,
  );
}

/** No task that was accepted is lost. */
async function noneLost(): Promise<void> {
  expect(created.length).toBeGreaterThan(0);
  for (const id of created)
    expect([id, (await e2e.service.repository.get(id))?.state]).toEqual([id, "succeeded"]);
}

/** The host of the distribution in the emulator, which does not serve aliases. */
async function distributionHost(): Promise<string> {
  const client = new CloudFrontClient({ ...localClientConfig(e2e.local.cloud.target), region: "us-east-1" });
  const { DistributionList } = await client.send(new ListDistributionsCommand());
  const [only] = DistributionList?.Items ?? [];
  expect(only?.Aliases?.Items).toEqual([name]);
  return only?.DomainName ?? "";
}

async function rotateSecret(): Promise<void> {
  // --aws takes the endpoint of the environment, which is the emulator's.
  expectSuccess(
    await scriptIn(copy.folder, e2e.local.cloud.env, "edge", "rotate-secret", "dev", "--aws", "--yes"),
  );
}

jest.setTimeout(1_800_000);
beforeAll(async () => {
  e2e = await E2eEnvironment.open("dev");
  copy = e2e.changeRepository();
  await e2e.deploy();
  await taskSucceeds();
});
afterAll(() => e2e.dispose());

const regionOf = () => e2e.local.cloud.config.core.region;

test("the network alone: functions answer in it, and nothing is left to change", async () => {
  await deployWith({ network: network.replaceAll("REGION", regionOf()) }, true);
  await unchanged();
  await taskSucceeds();
});

test("functions leave the network, and it is removed", async () => {
  await deployWith({}, false);
  await taskSucceeds();
  await deployWith({ network: undefined }, false);
  await unchanged();
  await noneLost();
});

test("the domain alone: the API answers by its name, and nothing is left to change", async () => {
  await deployWith({ domain }, false);
  await unchanged();
  const answer = await send(name, "/tasks", { method: "POST", body: task });
  expect(answer.status).toBe(202);
  await succeeded(String(answer.headers.location));
  const outputs = await layerOutputs(e2e.local.cloud, e2e.local.home, "app");
  expect(outputs("api_url")).toBe(`https://${name}`);
  const document = JSON.parse((await send(name, "/openapi.json")).body) as { servers: unknown };
  expect(document.servers).toEqual([{ url: `https://${name}/` }]);
});

describe("with everything on", () => {
  let host: string;

  beforeAll(async () => {
    await deployWith({ domain, edge: edge(false), network: network.replaceAll("REGION", regionOf()) }, true);
    host = await distributionHost();
  });

  test("while the origin is open, requests arrive with and without CloudFront", async () => {
    expect((await send(host, probe)).status).toBe(200);
    expect((await e2e.service.api.call("GET", "/health")).status).toBe(200);
  });

  test("a closed origin refuses what does not come through CloudFront, on every path", async () => {
    await rotateSecret();
    await deployWith({ edge: edge(true) }, true);
    await unchanged();
    expect((await send(host, probe)).status).toBe(200);
    for (const path of ["/health", "/tasks", "/docs", "/openapi.json"])
      for (const headers of wrongSecrets)
        expect([path, (await e2e.service.api.call("GET", path, undefined, headers)).status]).toEqual([
          path,
          403,
        ]);
    const answer = await send(host, "/tasks", {
      method: "POST",
      body: task,
      headers: { "x-origin-secret": "guess" },
    });
    expect(answer.status).toBe(202);
    await succeeded(String(answer.headers.location));
  });

  test("CloudFront adds security headers, and keeps the caching of the API", async () => {
    const listed = await send(host, probe);
    expect(listed.headers).toMatchObject({
      "strict-transport-security": expect.stringContaining("max-age=31536000") as string,
      "x-content-type-options": "nosniff",
    });
    const [document, styles] = [await send(host, "/openapi.json"), await send(host, "/docs/swagger-ui.css")];
    expect([document.headers["cache-control"], styles.headers["cache-control"]]).toEqual([
      "public, max-age=300",
      "public, max-age=3600",
    ]);
  });

  test("the secret is rotated under load without a failed request, and the one of before last is refused", async () => {
    let running = true;
    const statuses: number[] = [];
    const load = Promise.all(
      Array.from({ length: 3 }, async () => {
        while (running) statuses.push((await send(host, probe)).status);
      }),
    );
    await rotateSecret();
    await rotateSecret();
    running = false;
    await load;
    expect(statuses.length).toBeGreaterThan(10);
    expect(statuses.filter((status) => status !== 200)).toEqual([]);
  });

  test("everything is turned off again without losing a task", async () => {
    await deployWith({ edge: edge(false) }, false);
    await deployWith({ edge: undefined, network: undefined }, false);
    await unchanged();
    await deployWith({ domain: undefined }, false);
    await unchanged();
    await taskSucceeds();
    await noneLost();
  });
});

test("everything is destroyed", async () => {
  const { env } = e2e.local.cloud;
  expectSuccess(await cdktfIn(copy.folder, env, "destroy", "*-dev", "--auto-approve"));
});
