import { userInfo } from "node:os";
import { join } from "node:path";
import { functionNames } from "@serverless-tasks/functions/service";
import { naming } from "../../deploy/shared/naming";
import type { ConsoleService } from "../../packages/console/src/endpoints";
import { AuditLog } from "../../packages/console/src/audit-log";
import { masked, secretMembers } from "../../packages/console/src/secret-members";
import { ConsoleServer } from "../../packages/console/src/server";
import type { EnvironmentAccount } from "../bootstrap/environment-account";

export interface ConsoleOptions {
  /** Whether the account is opened with the caller's own credentials, by --aws. */
  readonly aws: boolean;
  readonly readOnly: boolean;
  /** 0 for a free port. */
  readonly port: number;
  /** A file with a JWT, where the API authorizes by JWT. */
  readonly token?: string | undefined;
  /** The processes whose children the functions are, where faults may be injected. */
  readonly parents?: (() => readonly number[]) | undefined;
  /** A folder for the audit log and the built page. */
  readonly folder: string;
}

/** The name of the audit log of an environment's account. */
export const auditFile = (
  folder: string,
  { config, account }: Pick<EnvironmentAccount, "config" | "account">,
) => join(folder, `audit-${config.name}-${account}.jsonl`);

/**
 * Starts the console of an environment. What it needs is loaded at the first request.
 * @param open finds the account
 */
export async function openConsole(
  open: () => EnvironmentAccount | Promise<EnvironmentAccount>,
  identity: Pick<EnvironmentAccount, "config" | "account">,
  options: ConsoleOptions,
): Promise<ConsoleServer> {
  const audit = new AuditLog(auditFile(options.folder, identity));
  let opened: OpenedService | undefined;
  return ConsoleServer.start({
    port: options.port,
    readOnly: options.readOnly,
    who: userInfo().username,
    audit,
    redact: async (input) => masked(input, (await typesWithSecrets()).secretMembers),
    openService: async () => {
      opened = await consoleService(await open(), audit, options);
      return opened.service;
    },
    buildPage: async () =>
      (await import("../../packages/console/src/page-bundle.js")).buildPage(join(options.folder, "page")),
    onClose: async () => opened?.close(),
  });
}

interface OpenedService {
  readonly service: ConsoleService;
  readonly close: () => Promise<void>;
}

/** The task types, and the names of members that their schemas mark as secret. */
async function typesWithSecrets() {
  const { typeSchemas } = await import("./task-operations.js");
  const types = typeSchemas();
  return { types, secretMembers: secretMembers(types.map(({ schema }) => schema)) };
}

async function consoleService(
  account: EnvironmentAccount,
  audit: AuditLog,
  options: ConsoleOptions,
): Promise<OpenedService> {
  const [faults, tasks, detail, letters, monitoring, deployment, schedules, origins, apis, jobsModule, page] =
    await Promise.all([
      import("./fault-operations.js"),
      import("./task-operations.js"),
      import("./task-detail.js"),
      import("./dead-letter-operations.js"),
      import("./monitoring-operations.js"),
      import("./deployment-operations.js"),
      import("../operations/schedules.js"),
      import("../operations/task-origins.js"),
      import("../operations/task-api.js"),
      import("../../packages/console/src/jobs.js"),
      import("../../packages/console/src/page-bundle.js"),
    ]);
  const { types, secretMembers: members } = await typesWithSecrets();
  const jobs = new jobsModule.Jobs();
  const logs = schedules.logReader(account);
  const reader = { account, api: await apis.taskApi(account, options.token), secretMembers: members };
  const context = {
    ...{ audit, jobs, logs, ...reader },
    readOrigins: origins.taskOrigins(account),
    findDeadLetter: (id: string) => letters.findDeadLetter(reader, id),
  };
  const { operations, close, session } = faults.faultOperations(account, context.api, options.parents);
  const service: ConsoleService = {
    session: () =>
      Promise.resolve({
        service: naming(account.config)("").replace(/-[^-]*-$/, ""),
        environment: account.config.name,
        account: account.account,
        region: account.config.core.region,
        endpoint: account.endpoint,
        isAws: account.isAws,
        readOnly: options.readOnly,
        faults: session,
        functions: functionNames,
        queues: letters.deadLetterQueues,
        types,
        secretMembers: members,
        version: page.pageVersion(),
      }),
    ...tasks.taskOperations(context),
    task: detail.taskDetail(context),
    ...letters.deadLetterOperations(reader),
    ...monitoring.monitoringOperations(account, logs, context.api),
    ...deployment.deploymentOperations(account, jobs, options),
    job: ({ id }) => Promise.resolve(jobs.get(id)),
    audit: () => Promise.resolve(audit.newest()),
    ...operations,
  };
  return { service, close };
}
