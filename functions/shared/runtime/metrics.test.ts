import fc from "fast-check";
import * as z from "zod/mini";
import { recordedMetrics } from "../testing/recorded-metrics";
import { collectMetrics } from "./collect-metrics";
import {
  createMetrics,
  metricNamespace,
  limitMetrics,
  serviceMetrics,
  typeMetrics,
  unknownType,
  type ServiceMetric,
  type TypeMetric,
} from "./metrics";

const size = ["Bytes", "Kilobytes", "Megabytes", "Gigabytes", "Terabytes"];
const bits = ["Bits", "Kilobits", "Megabits", "Gigabits", "Terabits"];
const perSecond = [...size, ...bits, "Count"].map((unit) => `${unit}/Second`);
const time = ["Seconds", "Microseconds", "Milliseconds"];
const units = [...time, ...size, ...bits, ...perSecond, "Percent", "Count", "None"];
const name = (length: number) => z.string().check(z.minLength(1), z.maxLength(length));
const metric = z.strictObject({ Name: name(1_024), Unit: z.enum(units) });

/**
 * The schema of the specification, and its rules on the members that a document refers to.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
const embeddedMetric = z
  .looseObject({
    _aws: z.strictObject({
      Timestamp: z.int().check(z.minimum(0)),
      CloudWatchMetrics: z
        .array(
          z.strictObject({
            Namespace: name(1_024),
            Dimensions: z.array(z.array(name(250)).check(z.maxLength(30))).check(z.minLength(1)),
            Metrics: z.array(metric).check(z.minLength(1), z.maxLength(100)),
          }),
        )
        .check(z.minLength(1)),
    }),
  })
  .check(
    z.refine((document) =>
      document._aws.CloudWatchMetrics.every(
        ({ Dimensions, Metrics }) =>
          Dimensions.flat().every((each) => isDimensionValue(document[each])) &&
          Metrics.every(({ Name }) => isMetricValue(document[Name])),
      ),
    ),
  );
/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_Dimension.html */
const isDimensionValue = (value: unknown) =>
  typeof value === "string" && /^(?!:)(?=.*\S)[\x20-\x7e]{1,1024}$/.test(value);
const isMetricValue = (value: unknown) => {
  const all = Array.isArray(value) ? value : [value];
  return all.length > 0 && all.length <= 100 && all.every(Number.isFinite);
};

const ofService = { ...serviceMetrics, ...limitMetrics };
const serviceNames = Object.keys(ofService) as ServiceMetric[];
const typeNames = Object.keys(typeMetrics) as TypeMetric[];
const Timestamp = expect.any(Number) as number;

test.each(serviceNames)("%s has the dimensions service and environment, and its unit", (Name) => {
  const { metrics, documents } = recordedMetrics();
  metrics.record({ [Name]: 12.5 });
  const Metrics = [{ Name, Unit: ofService[Name] }];
  const Dimensions = [["Service", "Environment"]];
  expect(documents()).toEqual([
    {
      _aws: { Timestamp, CloudWatchMetrics: [{ Namespace: metricNamespace, Dimensions, Metrics }] },
      ...{ Service: "tasks", Environment: "test", [Name]: 12.5 },
    },
  ]);
});

test.each(typeNames)("%s has the dimensions service, environment and type, and its unit", (Name) => {
  const { metrics, documents } = recordedMetrics();
  metrics.recordOf("echo", { [Name]: [3, 4] });
  const Metrics = [{ Name, Unit: typeMetrics[Name] }];
  const Dimensions = [["Service", "Environment", "Type"]];
  expect(documents()).toEqual([
    {
      _aws: { Timestamp, CloudWatchMetrics: [{ Namespace: metricNamespace, Dimensions, Metrics }] },
      ...{ Service: "tasks", Environment: "test", Type: "echo", [Name]: [3, 4] },
    },
  ]);
});

const value = fc.oneof(fc.nat(), fc.double({ noNaN: true, noDefaultInfinity: true }));
const values = fc.oneof(value, fc.array(value, { maxLength: 350 }));
const valuesOf = (names: readonly string[]) =>
  fc.dictionary(fc.constantFrom(...names), values, { maxKeys: names.length });
const registered = fc.stringMatching(/^[a-z][a-z0-9._-]{0,63}$/);

test("every document is valid, and together they have every value", () => {
  fc.assert(
    fc.property(
      registered,
      valuesOf(serviceNames),
      valuesOf(typeNames),
      (type, ofService, ofType: Partial<Record<TypeMetric, number | number[]>>) => {
        const { metrics, lines, documents } = recordedMetrics([type]);
        metrics.record(ofService);
        metrics.recordOf(type, ofType);
        for (const line of lines) expect(line).not.toContain("\n");
        const found = documents().map((document) => embeddedMetric.parse(document));
        for (const [Name, expected] of Object.entries({ ...ofService, ...ofType }))
          expect(found.flatMap((document) => [document[Name] ?? []].flat())).toEqual(
            [expected].flat().map((each) => each || 0),
          );
      },
    ),
  );
});

test.each([
  ["no metadata", { _aws: undefined }],
  ["a metric without a value", { TasksAccepted: undefined }],
  ["a value that is no number", { TasksAccepted: "1" }],
  ["too many values", { TasksAccepted: Array(101).fill(1) }],
  ["a dimension without a value", { Type: undefined }],
  ["a dimension in another alphabet", { Type: "\u00e9" }],
])("the schema refuses a document with %s", (_what, wrong) => {
  const { metrics, documents } = recordedMetrics();
  metrics.recordOf("echo", { TasksAccepted: 1 });
  const [document] = documents();
  expect(embeddedMetric.safeParse(document).success).toBe(true);
  expect(embeddedMetric.safeParse({ ...document, ...wrong }).success).toBe(false);
});

test("a type that is not registered is no dimension, whatever it is", () => {
  fc.assert(
    fc.property(fc.oneof(registered, fc.string({ unit: "binary" })), (type) => {
      fc.pre(type !== "echo");
      const { metrics, documents } = recordedMetrics(["echo"]);
      metrics.recordOf(type, { AttemptsFailed: 1 });
      expect(documents()).toMatchObject([{ Type: unknownType }]);
    }),
  );
});

test("a metric is one line on standard output, not wrapped by the console of the runtime", () => {
  const write = jest.spyOn(process.stdout, "write").mockReturnValue(true);
  const log = jest.spyOn(console, "log");
  createMetrics({ PROJECT: "tasks", ENVIRONMENT: "dev" }, []).record({ OutboxOldestSeconds: 3 });
  const written = write.mock.calls.map(([line]) => String(line));
  write.mockRestore();
  expect(written).toEqual([expect.stringMatching(/^\{.*\}\n$/)]);
  expect(embeddedMetric.parse(JSON.parse(written.join("")))).toMatchObject({ OutboxOldestSeconds: 3 });
  expect(log).not.toHaveBeenCalled();
});

test("collected metrics are one document of each type: counts are added up, times are listed", () => {
  const { metrics, documents } = recordedMetrics(["echo", "report"]);
  const collected = collectMetrics(metrics);
  collected.recordOf("echo", { AcceptToStart: 5 });
  collected.recordOf("echo", { TasksSucceeded: 1, AcceptToDone: 9 });
  collected.recordOf("report", { AttemptsFailed: 1 });
  collected.recordOf("echo", { TasksSucceeded: 1, AcceptToDone: 7 });
  expect(documents()).toEqual([]);
  collected.flush();
  collected.flush();
  expect(documents()).toMatchObject([
    { Type: "echo", TasksSucceeded: 2, AcceptToStart: 5, AcceptToDone: [9, 7] },
    { Type: "report", AttemptsFailed: 1 },
  ]);
});
