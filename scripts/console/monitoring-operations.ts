import { GetQueueUrlCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { TasksClient } from "../../client";
import type { ConsoleService } from "../../packages/console/src/endpoints";
import type { LogReader } from "../../packages/console/src/log-reader";
import type { QueueView, ScheduleView, StatusResult } from "../../packages/console/src/model";
import { ratesOf } from "../../packages/console/src/rates";
import { queueMessages } from "../../packages/local-cloud/src/queue-messages";
import type { EnvironmentAccount } from "../bootstrap/environment-account";
import { isShown } from "../operations/function-logs";
import { listSchedules, runSchedule } from "../operations/schedules";
import { eventSources, serviceStatus } from "../operations/service-control";
import { metricNames, metricRates, oldestSeconds } from "./metrics";

const hourMilliseconds = 3_600_000;
/** Lines of each function that the rates are computed from. */
const rateLines = 10_000;
/** Messages up to which the emulator's queue is read for the age of the oldest one: it sends all of them. */
const mostBrowsed = 2_000;

/** Queue depths with the ages of the oldest messages. */
export async function queueViews(account: EnvironmentAccount): Promise<StatusResult> {
  const { client, config, account: id, isAws } = account;
  const status = await serviceStatus(account);
  const ages = isAws
    ? await oldestSeconds(
        account,
        status.queues.map(({ name }) => name),
      ).catch(() => new Map<string, number>())
    : new Map<string, number>();
  const sqs = new SQSClient({ ...client, useQueueUrlAsEndpoint: isAws });
  const ageOf = async (name: string, count: number): Promise<number | undefined> => {
    if (isAws || client.endpoint === undefined) return ages.get(name);
    if (count === 0 || count > mostBrowsed) return undefined;
    const { QueueUrl = "" } = await sqs.send(new GetQueueUrlCommand({ QueueName: name }));
    const from = { endpoint: client.endpoint, account: id, region: config.core.region };
    const sent = (await queueMessages(from, QueueUrl)).map(({ Attributes }) =>
      Number(Attributes.SentTimestamp),
    );
    return sent.length === 0 ? undefined : Math.max(0, Math.round((Date.now() - Math.min(...sent)) / 1_000));
  };
  const queues = await Promise.all(
    status.queues.map(async ({ name, messages }): Promise<QueueView> => {
      if (messages === undefined) return { name };
      const count = messages.visible + messages.inFlight + messages.delayed;
      return { name, ...messages, oldestSeconds: await ageOf(name, count) };
    }),
  );
  return { ...status, queues };
}

/** The schedules, with the state of each one's last task. */
async function schedulesWithStates(account: EnvironmentAccount, api: TasksClient): Promise<ScheduleView[]> {
  return Promise.all(
    (await listSchedules(account)).map(async (schedule) => {
      const [last, ...others] = schedule.runs;
      if (last?.taskId === undefined) return schedule;
      const { data } = await api.GET("/tasks/{id}", { params: { path: { id: last.taskId } } });
      return { ...schedule, runs: [{ ...last, state: data?.state }, ...others] };
    }),
  );
}

export const monitoringOperations = (account: EnvironmentAccount, logs: LogReader, api: TasksClient) =>
  ({
    status: () => queueViews(account),
    rates: async ({ hours }) => {
      const until = Date.now();
      const since = until - hours * hourMilliseconds;
      const query = { since, bound: rateLines };
      const [{ queues }, metrics, ended] = await Promise.all([
        queueViews(account),
        account.isAws
          ? metricRates(account, since, until)
          : logs.read({ ...query, terms: ["CloudWatchMetrics"] }),
        logs.read({ ...query, function: "worker", terms: ["task succeeded"] }),
      ]);
      // The emulator's filter also returns lines with one of the words.
      const attempts = { ...ended, lines: ended.lines.filter(({ message }) => message === "task succeeded") };
      if (!("lines" in metrics)) {
        // CloudWatch has no metric of an attempt's time; the worker's lines have it.
        const { types } = ratesOf(attempts.lines, metricNames, since, until);
        const runOf = (type: string) => types.find((each) => each.type === type)?.runP95;
        return {
          ...{ queues, series: metrics.series, hours, source: "metrics", isBounded: attempts.isBounded },
          types: metrics.types.map((each) => ({ ...each, runP95: runOf(each.type) })),
        };
      }
      const lines = [...metrics.lines, ...attempts.lines];
      const isBounded = metrics.isBounded || attempts.isBounded;
      return { ...ratesOf(lines, metricNames, since, until), queues, hours, source: "logs", isBounded };
    },
    logs: async ({ since, limit, function: name, contains, task, request, level }) => {
      const terms = [contains, task, request].filter((term) => term !== undefined && term !== "");
      const { lines } = await logs.read({
        ...{ since, function: name, bound: 10_000 },
        terms: terms.flatMap((term) => term ?? []),
      });
      const filter = { contains: contains === "" ? undefined : contains, task, request, level };
      return lines.filter(({ raw }) => isShown(raw, filter)).slice(-limit);
    },
    schedules: () => schedulesWithStates(account, api),
    "schedules/run": async ({ name }) => ({ taskId: await runSchedule(account, name) }),
    pause: async ({ reason }) => ({ paused: (await eventSources(account).pause(reason)).length }),
    resume: async () => ({ resumed: (await eventSources(account).resume()).length }),
  }) satisfies Partial<ConsoleService>;
