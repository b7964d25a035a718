import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import {
  functionNames,
  otherQueues,
  queues,
  tables,
  taskFunctions,
  type TableDeclaration,
} from "@serverless-tasks/functions/service";
import { synthesizedExample } from "../../../deploy/testing/environments";
import { namePrefix } from "../../../deploy/shared/naming";
import { root } from "../../build/paths";
import { diagramNames, diagramSource } from "./render";

/** Twice the width of a page on GitHub. */
const maxWidth = 1_800;

/** https://www.w3.org/TR/png-3/#11IHDR: the width comes after the signature, and the length and the name of IHDR. */
const widthOf = (png: Buffer) => png.readUInt32BE(16);

test.each(diagramNames)("the committed picture %s is at most as wide as a page", (name) => {
  expect(widthOf(readFileSync(join(root, `diagrams/${name}.png`)))).toBeLessThanOrEqual(maxWidth);
});

/** Resource types in the runtime picture, each with its name attribute and the prefix of its label. */
const drawn = [
  ["aws_lambda_function", "function_name", "Lambda "],
  ["aws_sqs_queue", "name", "SQS "],
  ["aws_dynamodb_table", "name", "DynamoDB "],
] as const;

/** What a team has added: the picture is laid out by hand, and shows the template. */
const added = new Set<string>([
  ...functionNames.filter((name) => !taskFunctions.some((drawnName) => drawnName === name)),
  ...otherQueues.flatMap((queue) => [queues[queue].name, `${queues[queue].name}-dlq`]),
  ...Object.values<TableDeclaration>(tables).map(({ name }) => name),
]);

test.each(drawn)("the runtime picture names each %s", async (type, attribute, prefix) => {
  const { infra, app, config } = await synthesizedExample("prod");
  const names = [...infra.all(type), ...app.all(type)]
    .map((resource) =>
      z
        .string()
        .parse(resource[attribute])
        .replace(`${namePrefix(config)}-`, ""),
    )
    .filter((name) => !added.has(name))
    .map((name) => `${prefix}${name}`);
  expect(names).not.toEqual([]);
  const text = diagramSource("runtime")
    .replaceAll(/<[^>]*>/g, " ")
    .replaceAll(/\s+/g, " ");
  expect(names.filter((name) => !text.includes(` ${name} `))).toEqual([]);
});

test("the runtime picture names the other services of the stacks", async () => {
  const { infra, app } = await synthesizedExample("prod");
  const types = [...Object.keys(infra.json.resource), ...Object.keys(app.json.resource)];
  const services = {
    aws_apigatewayv2_api: "API Gateway",
    aws_cloudwatch_event_rule: "EventBridge rules",
    aws_secretsmanager_secret: "Manager",
    aws_cloudwatch_log_group: "CloudWatch Logs",
    aws_cloudwatch_metric_alarm: "CloudWatch alarms",
    aws_cloudwatch_composite_alarm: "CloudWatch alarms",
    aws_cloudwatch_dashboard: "CloudWatch alarms",
  };
  // Types in `drawn`, parts of other resources, and what exists in Terraform's state only.
  const others = /^(aws_(lambda|sqs|dynamodb|iam|apigatewayv2|cloudwatch_event)_|terraform_data$)/;
  // Optional parts have pages of their own: docs/operations/edge.md and network.md.
  const optional =
    /^aws_(acm|cloudfront|route53|s3|wafv2|default_security|flow|route_table|security|subnet|vpc)(_|$)/;
  expect(types.filter((type) => !others.test(type) && !optional.test(type) && !(type in services))).toEqual(
    [],
  );
  for (const name of Object.values(services)) expect(diagramSource("runtime")).toContain(name);
});
