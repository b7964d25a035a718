import { asEmulatorAsks } from "../emulator/adapt-policy";
import { emulator } from "../emulator/endpoint";

/** One statement of an IAM or resource policy, in the words of the policy language. */
export interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal?: Readonly<Record<string, string | readonly string[]>> | "*";
  readonly Action: string | readonly string[];
  /** Absent in the trust policy of a role, whose resource is the role. */
  readonly Resource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** A policy document as the JSON text that AWS takes. */
export const policyDocument = (statements: readonly Statement[]): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: emulator() === undefined ? statements : asEmulatorAsks(statements),
  });

/** The trust policy of a role that an AWS service assumes. */
export const trustService = (service: string): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      { Sid: "Assume", Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" },
    ],
  });
