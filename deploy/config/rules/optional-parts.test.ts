import { configurationError } from "../../testing/configuration-error";
import { exampleParts } from "../../testing/example-settings";
import { TemporaryDeploy } from "../../testing/temporary-deploy";
import { loadEnvironment } from "../load-environment";
import { subnetsOf } from "../schemas/cidr";

let deploy: TemporaryDeploy;
beforeEach(() => {
  deploy = new TemporaryDeploy();
});
afterEach(() => {
  deploy.dispose();
});

/** The codes and paths of the problems of prod with a value of a part. */
async function problemsWith(part: string, value: string | undefined): Promise<string[]> {
  deploy.set("infra", "prod", { [part]: value });
  const { problems } = await configurationError(loadEnvironment("prod", deploy.root));
  return problems.map(({ code, path }) => `${code} ${path}`);
}
const domain = (name: string, zone = "example.com", more = "") =>
  `{ name = "${name}", hosted_zone = "${zone}" ${more} }`;
const certificate = (region: string, account: string) =>
  `, certificate_arn = "arn:aws:acm:${region}:${account}:certificate/1234abcd"`;
const network = (change: string, to: string) => {
  expect(exampleParts.network).toContain(change);
  return exampleParts.network.replace(change, to);
};

test.each<[string, string, string, string]>([
  ["a dot at the end", "domain", domain("api.example.com."), "domain.name"],
  ["upper case", "domain", domain("API.example.com"), "domain.name"],
  ["a single label", "domain", domain("localhost", "localhost"), "domain.name"],
  ["an underscore", "domain", domain("my_api.example.com"), "domain.name"],
  ["a name longer than ACM certifies", "domain", domain(`${"a".repeat(53)}.example.com`), "domain.name"],
  ["a zone with a dot at the end", "domain", domain("api.example.com", "example.com."), "domain.hosted_zone"],
  ["the zone of another name", "domain", domain("api.example.com", "example.org"), "domain.hosted_zone"],
  ["a zone that only ends alike", "domain", domain("api.anexample.com"), "domain.hosted_zone"],
  ["a public range", "network", network("10.20.0.0/20", "11.20.0.0/20"), "network.cidr"],
  ["a range that begins in its middle", "network", network("10.20.0.0/20", "10.20.1.0/20"), "network.cidr"],
  ["a range of one address", "network", network("10.20.0.0/20", "10.20.0.1/32"), "network.cidr"],
  ["no range", "network", network("10.20.0.0/20", "10.20.0.300/20"), "network.cidr"],
  ["one zone", "network", network(', "eu-central-1b"', ""), "network.availability_zones"],
  ["a zone twice", "network", network("1b", "1a"), "network.availability_zones"],
  ["an endpoint of no service", "network", network('"xray"', '"x-ray"'), "network.endpoints.5"],
])("%s is an error of the setting", async (_what, part, value, path) => {
  const problems = await problemsWith(part, value);
  expect(problems.map((problem) => problem.split(" ")[1])).toEqual(expect.arrayContaining([path]));
});

test.each<[string, string, string, string]>([
  [
    "a certificate of another region",
    "domain",
    domain("api.example.com", "example.com", certificate("us-east-1", "333333333333")),
    "domain-certificate-elsewhere domain.certificate_arn",
  ],
  [
    "a certificate of another account",
    "domain",
    domain("api.example.com", "example.com", certificate("eu-central-1", "999999999999")),
    "domain-certificate-elsewhere domain.certificate_arn",
  ],
  [
    "CloudFront's certificate in the region of the environment",
    "edge",
    `{ rate_limit = 2000 ${certificate("eu-central-1", "333333333333")} }`,
    "edge-certificate-elsewhere edge.certificate_arn",
  ],
  [
    "zones of another region",
    "network",
    network("eu-central-1a", "eu-west-1a"),
    "network-zone-of-other-region network.availability_zones",
  ],
  [
    "no endpoint for the queue",
    "network",
    network('"sqs", ', ""),
    "network-endpoint-missing network.endpoints",
  ],
  [
    "no endpoint for the secrets of task types",
    "network",
    network('"secretsmanager", ', ""),
    "network-endpoint-missing network.endpoints",
  ],
])("%s is refused", async (_what, part, value, problem) => {
  expect(await problemsWith(part, value)).toEqual([problem]);
});

test("an endpoint of a service that nothing uses is refused", async () => {
  // Without a customer managed key.
  deploy.set("infra", "dev", { network: exampleParts.network });
  const { problems } = await configurationError(loadEnvironment("dev", deploy.root));
  expect(problems.map(({ code, path }) => [code, path])).toEqual([
    ["network-endpoint-useless", "network.endpoints"],
  ]);
});

test("an edge without a domain is refused", async () => {
  deploy.set("infra", "prod", { edge: "{ rate_limit = 2000 }" });
  expect(await problemsWith("domain", undefined)).toEqual(["edge-without-domain edge"]);
});

test("an edge outside of the partition of CloudFront is refused", async () => {
  deploy.set("core", "dev", { region: '"cn-north-1"' });
  for (const layer of ["core", "infra", "app"] as const)
    deploy.set(layer, "dev", { region: '"cn-north-1"' }, "backend");
  deploy.set("infra", "dev", { edge: "{ rate_limit = 2000 }", domain: domain("api.example.com") });
  const { problems } = await configurationError(loadEnvironment("dev", deploy.root));
  expect(problems.map(({ code }) => code)).toEqual(["edge-outside-partition"]);
});

test("functions in a network that there is not are refused, in the file of the app layer", async () => {
  deploy.set("infra", "prod", { network: undefined });
  const { file, problems } = await configurationError(loadEnvironment("prod", deploy.root));
  expect(file).toMatch(/30_app/);
  expect(problems.map(({ code, path }) => [code, path])).toEqual([
    ["functions-without-network", "in_network"],
  ]);
});

test("a missing endpoint is accepted while the functions are outside", async () => {
  deploy.set("app", "prod", { in_network: "false" });
  deploy.set("infra", "prod", { network: network('"sqs", ', "") });
  await expect(loadEnvironment("prod", deploy.root)).resolves.toMatchObject({ name: "prod" });
});

test.each([
  [2, ["10.20.0.0/21", "10.20.8.0/21"]],
  [3, ["10.20.0.0/22", "10.20.4.0/22", "10.20.8.0/22"]],
])("a range is divided into %i subnets", (count, expected) => {
  expect(subnetsOf("10.20.0.0/20", count)).toEqual(expected);
});
