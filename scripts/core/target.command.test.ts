import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { localPaths } from "../../packages/local-cloud/src/local-paths";
import { LocalCloudLock } from "../../packages/local-cloud/src/local-cloud-lock";
import { startAwsStub, type AwsCall, type AwsStub } from "../../packages/aws-stub/src/aws-stub";
import { listenOnLoopback } from "../../packages/aws-stub/src/loopback";
import { responseTo } from "../testing/account-stub";
import { CommandProcess } from "../testing/command-process";
import { RepositoryCopy } from "../testing/repository-copy";
import { runCli } from "../testing/run-cli";
import { commands } from "./program";

/** A command starts in two seconds; more on a loaded machine. */
jest.setTimeout(60_000);

let folder: string;
let trap: Server;
let stub: AwsStub;
/** Requests to the endpoints and the proxy in the user's AWS settings. */
let caught: string[];
let calls: AwsCall[];
let trapAddress: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "target-"));
  caught = [];
  calls = [];
  trap = createServer((request, response) => {
    caught.push(`${request.method ?? ""} ${request.url ?? ""}`);
    response.writeHead(500).end();
  });
  trap.on("connect", (request, socket) => {
    caught.push(`CONNECT ${request.url ?? ""}`);
    socket.destroy();
  });
  trapAddress = `http://127.0.0.1:${await listenOnLoopback(trap)}`;
  stub = await startAwsStub((call) => {
    calls.push(call);
    return responseTo(call);
  });
});
afterEach(() => {
  stub.stop();
  trap.close();
  trap.closeAllConnections();
  rmSync(folder, { recursive: true });
});

/** An environment with credentials, a profile, endpoints and a proxy of a real account. */
const hostile = () => ({
  PATH: process.env.PATH,
  LOCAL_CLOUD_HOME: folder,
  AWS_PROFILE: "production",
  AWS_ACCESS_KEY_ID: "AKIAREALLOOKINGKEY00",
  AWS_SECRET_ACCESS_KEY: "realLookingSecret",
  AWS_SESSION_TOKEN: "realLookingToken",
  AWS_REGION: "us-east-1",
  AWS_ENDPOINT_URL: trapAddress,
  AWS_ENDPOINT_URL_SQS: trapAddress,
  AWS_ENDPOINT_URL_STS: trapAddress,
  HTTP_PROXY: trapAddress,
  HTTPS_PROXY: trapAddress,
});

const cli = (env: NodeJS.ProcessEnv, ...commandLine: string[]) =>
  runCli(commandLine, { env, input: "", folder: copy.folder });

let copy: RepositoryCopy;
let commandProcess: CommandProcess;
beforeAll(() => {
  copy = new RepositoryCopy({ hasExamples: true });
  commandProcess = new CommandProcess(copy.folder);
});
afterAll(() => {
  commandProcess.end();
  copy.dispose();
});

const cloudCommands: [string, ...string[]][] = [
  ["bootstrap", "dev"],
  ["plan", "dev"],
  ["apply", "dev"],
  ["drift", "dev"],
  ["locks", "dev", "--release", "a-lock"],
  ["repair", "dev"],
  ["state", "dev", "core", "restore", "a-version"],
  ["dlq", "dev", "redrive"],
  ["secret", "dev", "signing-key", "--random"],
  ["pause", "dev", "a reason"],
  ["resume", "dev"],
  ["status", "dev"],
  ["alarms", "drill", "dev"],
  ["recovery", "failover", "dev"],
  ["edge", "rotate-secret", "dev"],
  ["logs", "dev", "--no-follow"],
  ["migrate", "dev"],
  ["tasks", "retry", "dev", "01ARZ3NDEKTSV4RRFFQ69G5FAV"],
  ["backup", "create", "dev"],
  ["restore", "dev", "--at", "latest"],
  ["rollback", "dev"],
  ["versions", "dev"],
  ["console", "dev"],
  ["schedules", "run", "dev", "outbox-sweep"],
];

test("destroy and the tested commands are all commands that use a cloud", () => {
  const declared = [...commands.loadAll()].filter(([, { declaration }]) => declaration.cloud !== undefined);
  expect(declared.length).toBeGreaterThan(5);
  expect([...cloudCommands.map(([name]) => name), "destroy"].sort()).toEqual(
    declared.map(([name]) => name).sort(),
  );
});

test.each(cloudCommands)(
  "%s %s without --aws and without a local cloud fails, and sends no request",
  async (...commandLine) => {
    const { exitCode, stdout, stderr } = await commandProcess.run(hostile(), ...commandLine);
    expect([exitCode, stdout]).toEqual([1, ""]);
    expect(stderr).toContain(`No local cloud is running in ${folder}.`);
    expect(stderr).toContain("run npm start in another terminal; for the AWS account, add --aws");
    expect(caught).toEqual([]);
  },
);

test("destroy without --aws and without a local cloud has nothing to destroy, and sends no request", async () => {
  const { exitCode, stdout } = await cli(hostile(), "destroy", "dev");
  expect(exitCode).toBe(0);
  expect(stdout).toContain("There is no local cloud");
  expect(caught).toEqual([]);
});

test("without --aws the local cloud is called with dummy credentials, whatever AWS settings the user has", async () => {
  const lock = LocalCloudLock.acquire(localPaths({ LOCAL_CLOUD_HOME: folder }), stub.endpoint);
  try {
    const { exitCode, stdout, stderr } = await cli(hostile(), "dlq", "dev", "redrive");
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(stdout).toContain(
      `Account 111111111111 at ${stub.endpoint}, region eu-central-1: redrive dead letters of the task queue of dev`,
    );
    expect(stdout).toContain("There were none.");
  } finally {
    lock.release();
  }
  expect(caught).toEqual([]);
  const signed = calls.filter(({ headers }) => headers.authorization !== undefined);
  expect(signed.length).toBeGreaterThan(2);
  for (const { headers } of signed) {
    expect(headers.authorization).toContain("Credential=111111111111/");
    expect(headers).not.toHaveProperty("x-amz-security-token");
  }
});

/** An endpoint that is not a loopback address and so may be AWS; it reaches the stub. */
const likeAws = () => ({
  PATH: process.env.PATH,
  LOCAL_CLOUD_HOME: folder,
  AWS_ENDPOINT_URL: stub.endpoint.replace("127.0.0.1", "0.0.0.0"),
  AWS_ACCESS_KEY_ID: "a",
  AWS_SECRET_ACCESS_KEY: "b",
});

/**
 * They change nothing; rollback asks once it has found a release, and the stub has none; recovery asks once it has found a
 * second region, and dev has none.
 */
const withoutConfirmation = [
  "recovery",
  "plan",
  "drift",
  "status",
  "logs",
  "versions",
  "rollback",
  "console",
];
const changing: [string, ...string[]][] = [
  ...cloudCommands.filter(([name]) => !withoutConfirmation.includes(name)),
  ["destroy", "dev"],
];

test.each(changing)(
  "%s %s --aws prints the account, and refuses to change it without a terminal or --yes",
  async (...commandLine) => {
    const { exitCode, stdout, stderr } = await commandProcess.run(likeAws(), ...commandLine, "--aws");
    expect(stderr).toContain("This needs a confirmation, and there is no terminal for it. Add --yes");
    expect(exitCode).toBe(2);
    expect(stdout).toMatch(
      /^Account 111111111111 at http:\/\/0\.0\.0\.0:\d+, region eu-central-1: .*dev.*\.$/m,
    );
    expect(calls.length).toBeGreaterThan(0);
    const allowed = /^(POST|DynamoDB_20120810\.(GetItem|DescribeTable)|GET .*|HEAD .*)$/;
    expect(calls.map(({ operation }) => operation.trim()).filter((name) => !allowed.test(name))).toEqual([]);
    for (const { operation, body } of calls)
      if (operation.trim() === "POST") expect(body).toContain("Action=GetCallerIdentity");
  },
);

test.each([
  ["without a local cloud", hostile, []],
  ["without a confirmation", likeAws, ["--aws"]],
])("npm run cli prints the same, with the same exit code: %s", async (_what, env, options) => {
  const result = await commandProcess.run(env(), "dlq", "dev", "redrive", ...options);
  expect(result.exitCode).not.toBe(0);
  expect(await cli(env(), "dlq", "dev", "redrive", ...options)).toEqual(result);
});

test("--aws --yes does not prompt", async () => {
  const { exitCode, stdout } = await cli(likeAws(), "dlq", "dev", "redrive", "--aws", "--yes");
  expect([exitCode, stdout]).toEqual([0, expect.stringContaining("There were none.")]);
});

test.each([
  [["dlq-all"], 'There is no command "dlq-all".', "npm run cli -- --help"],
  [[], "Expected a command, found nothing.", "npm run cli -- --help"],
  [["dlq", "dev", "redrive", "--awz"], "Unknown option '--awz'", "npm run cli -- dlq --help"],
  [["dlq"], "Expected <environment>, found nothing.", "npm run cli -- dlq --help"],
])("%j is wrong usage, and names the help command", async (commandLine, problem, help) => {
  const { exitCode, stderr } = await cli(likeAws(), ...commandLine);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(problem);
  expect(stderr).toContain(`Help: ${help}\n`);
});

test("--help lists all commands, and describes one", async () => {
  const [list, one] = await Promise.all([cli(likeAws(), "--help"), cli(likeAws(), "dlq", "--help")]);
  expect([list.exitCode, one.exitCode]).toEqual([0, 0]);
  expect(list.stdout).toContain("  dlq  ");
  expect(one.stdout).toContain("Usage: npm run cli -- dlq <environment> <action>");
  expect(calls).toEqual([]);
});
