import { GetRolePolicyCommand } from "@aws-sdk/client-iam";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../../scripts/build/paths";
import { cdktfIn, expectSuccess, scriptIn } from "../../support/command";
import { E2eEnvironment } from "../../support/e2e-environment";
import { loggedLines } from "../../support/logs";
import { openBeforeTests } from "../../support/open-before-tests";
import { plannedChanges } from "../../support/plan";
import { workflowEnvironment } from "../../support/workflow-identity";
import { devPrefix } from "../../support/names";

/** What `npm run cli -- add` writes works on the emulator, under the permissions that follow from it. */
jest.setTimeout(1_800_000);
const e2e = openBeforeTests(() => E2eEnvironment.open("dev"));

const add = async (...parameters: string[]) => {
  expectSuccess(await scriptIn(e2e().repository, process.env, "add", ...parameters));
};

test("a queue with its function, a bucket, a route and a task type are added to a copy", async () => {
  const copy = e2e().changeRepository();
  // The format of what is written, in which it is edited below.
  copy.write(".oxfmtrc.json", readFileSync(join(root, ".oxfmtrc.json"), "utf8"));
  await add("queue", "emails", "--function", "mailer");
  await add("bucket", "files", "--by", "worker");
  await add("route", "mail");
  await add("task-type", "file.write");
  copy.edit(
    "functions/api/routes/mail.ts",
    "(_request, { service })",
    "async (_request, { service, resources })",
  );
  copy.edit(
    "functions/api/routes/mail.ts",
    "({ status: 200, body: { version: service.version } })",
    '{ await resources.emails.send({ text: "sent by the route" }); return { status: 200, body: { version: service.version } }; }',
  );
  copy.edit(
    "functions/worker/handlers/file-write.ts",
    "run: ({ message }) => Promise.resolve({ message: message.toUpperCase() }),",
    [
      "run: async ({ message }, { resources: { files } }) => {",
      '  await files.put("message.txt", message, "text/plain");',
      '  const written = Buffer.from((await files.get("message.txt")) ?? []).toString();',
      '  await files.delete("message.txt");',
      '  return { written, left: (await files.get("message.txt")) !== undefined };',
      "},",
    ].join("\n"),
  );
});

test("the deploy role deploys them after an administrator has applied core", async () => {
  const { cloud } = e2e().local;
  const deploy = async (stack: string, env: NodeJS.ProcessEnv) => {
    const own = { ...env, ENVIRONMENT: undefined };
    expectSuccess(await cdktfIn(e2e().repository, own, "deploy", stack, "--auto-approve"));
  };
  await deploy("core-dev", cloud.env);
  await deploy("infra-dev", await workflowEnvironment(cloud, "deploy"));
  await deploy("app-dev", await workflowEnvironment(cloud, "deploy"));
  await e2e().findService();
});

test("a message passes from the route through the queue to the function", async () => {
  const { api } = e2e().service;
  expect((await api.call("GET", "/mail")).status).toBe(200);
  expect(await loggedLines(e2e().account.logs, `${devPrefix}-mailer`, "sent by the route")).toContain(
    "message processed",
  );
});

test("a task writes, reads and deletes an object of the bucket", async () => {
  const { api } = e2e().service;
  const response = await api.call("POST", "/tasks", { type: "file.write", payload: { message: "kept" } });
  expect(response.status).toBe(202);
  const { id } = (await response.json()) as { readonly id: string };
  expect((await api.until(id, "succeeded")).result).toEqual({ written: "kept", left: false });
});

test("the roles have the permissions of what was added, and no others", async () => {
  const statements = async (name: string) => {
    const { PolicyDocument = "" } = await e2e().account.iam.send(
      new GetRolePolicyCommand({ RoleName: `${devPrefix}-${name}`, PolicyName: "function" }),
    );
    const { Statement } = JSON.parse(decodeURIComponent(PolicyDocument)) as { Statement: { Sid: string }[] };
    return Statement.map(({ Sid }) => Sid).filter((sid) => !sid.includes("Emulated"));
  };
  expect(await statements("mailer")).toEqual(["WriteLogs", "EmailsQueue"]);
  expect(await statements("worker")).toEqual(expect.arrayContaining(["FilesBucket", "FilesObjects"]));
  expect(await statements("api")).not.toContain("FilesObjects");
});

test("a second plan has no changes", async () => {
  const { cloud, home } = e2e().local;
  expect(await plannedChanges(cloud, home)).toEqual([]);
});
