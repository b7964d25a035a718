import * as z from "zod";

/** One statement of an IAM or resource policy. */
export interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal?: Readonly<Record<string, string | readonly string[]>> | "*";
  readonly Action: string | readonly string[];
  /** Absent in the trust policy of a role, whose resource is the role. */
  readonly Resource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

const stringOrList = z.union([z.string(), z.array(z.string())]);

/** The schema of a statement; an unsupported element such as NotAction is an error. */
export const statementSchema = z.strictObject({
  Sid: z.string(),
  Effect: z.enum(["Allow", "Deny"]),
  Principal: z.union([z.literal("*"), z.record(z.string(), stringOrList)]).optional(),
  Action: stringOrList,
  Resource: stringOrList.optional(),
  Condition: z.record(z.string(), z.record(z.string(), stringOrList)).optional(),
});

/** A policy document as the JSON string that AWS expects. */
export const policyDocument = (statements: readonly Statement[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements });

/** Denies all requests without TLS, in the policy of a resource. */
export const denyInsecureTransport = (action: string, resource: string | string[]): Statement => ({
  Sid: "DenyInsecureTransport",
  Effect: "Deny",
  Principal: "*",
  Action: action,
  Resource: resource,
  Condition: { Bool: { "aws:SecureTransport": "false" } },
});

/** The values of `kms:ViaService`: the services of a region that may use a key for the caller. */
export const viaServices = (region: string, services: readonly string[]): string[] =>
  services.map((service) => `${service}.${region}.amazonaws.com`);

/** The trust policy of a role that an AWS service assumes. */
export const trustService = (service: string): string =>
  policyDocument([
    { Sid: "Assume", Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" },
  ]);
