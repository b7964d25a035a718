import type { DecidedCheck, Decision } from "../../../packages/scanners/src/verdict";

/** By profile, then by the prefix of the checked resource types. */
type Decisions = Readonly<
  Record<string, Readonly<Record<string, Partial<Readonly<Record<Decision, readonly string[]>>>>>>
>;

/**
 * Every check that applies to prod. A check under `pass` must pass for at least one resource and cannot be suppressed. The
 * reason of each suppression is in the code that creates the resource.
 */
export const decisions: Decisions = {
  core: {
    aws_lambda_function: {
      pass: ["CKV_AWS_45", "CKV_AWS_50", "CKV_AWS_173", "CKV_AWS_363"],
      // Without a network, which an environment with a second region has not, and of the migrations.
      mixed: ["CKV_AWS_115", "CKV_AWS_117"],
      suppress: ["CKV_AWS_116", "CKV_AWS_272"],
    },
    aws_lambda_permission: { pass: ["CKV_AWS_301", "CKV_AWS_364"] },
    aws_sqs_queue: { pass: ["CKV_AWS_27", "CKV_AWS_72", "CKV_AWS_168", "CKV_AWS_387", "CKV2_AWS_73"] },
    aws_dynamodb_table: { pass: ["CKV_AWS_28", "CKV_AWS_119", "CKV2_AWS_16"] },
    aws_apigatewayv2_: { pass: ["CKV_AWS_76", "CKV2_AWS_51"], mixed: ["CKV_AWS_309"] },
    aws_cloudwatch_log_group: { pass: ["CKV_AWS_66", "CKV_AWS_338"], mixed: ["CKV_AWS_158"] },
    aws_kms_key: { pass: ["CKV_AWS_7", "CKV_AWS_33", "CKV_AWS_227", "CKV2_AWS_64"] },
    aws_s3_bucket: {
      pass: [
        ...["CKV_AWS_19", "CKV_AWS_20", "CKV_AWS_57", "CKV_AWS_21", "CKV_AWS_70", "CKV_AWS_93"],
        ...["CKV_AWS_53", "CKV_AWS_54", "CKV_AWS_55", "CKV_AWS_56", "CKV_AWS_300"],
        ...["CKV2_AWS_6", "CKV2_AWS_61"],
      ],
      // The only bucket that is scanned is that of CloudFront's access log, unless functions/service.ts has more.
      // CKV_AWS_379 applies to ACLs only; deploy/policies requires TLS of every bucket.
      suppress: [
        ...["CKV_AWS_18", "CKV_AWS_143", "CKV_AWS_144", "CKV_AWS_145", "CKV_AWS_379"],
        ...["CKV2_AWS_62", "CKV2_AWS_65"],
      ],
    },
    aws_iam_: {
      pass: [
        ...[
          "CKV_AWS_60",
          "CKV_AWS_61",
          "CKV_AWS_62",
          "CKV_AWS_63",
          "CKV_AWS_274",
          "CKV2_AWS_40",
          "CKV2_AWS_56",
        ],
        ...["CKV_AWS_286", "CKV_AWS_287", "CKV_AWS_288", "CKV_AWS_289"],
      ],
      mixed: ["CKV_AWS_290", "CKV_AWS_355"],
      suppress: ["CKV_AWS_393"],
    },
    aws_iam_user: { pass: ["CKV_AWS_40"] },
    aws_sns_topic: { pass: ["CKV_AWS_26"] },
    aws_cloudwatch_metric_alarm: { pass: ["CKV_AWS_319"] },
  },
  edge: {
    aws_cloudfront_distribution: {
      pass: [
        ...["CKV_AWS_34", "CKV_AWS_68", "CKV_AWS_86", "CKV_AWS_174", "CKV_AWS_216", "CKV2_AWS_32"],
        ...["CKV2_AWS_42", "CKV2_AWS_46", "CKV2_AWS_47", "CKV2_AWS_54", "CKV2_AWS_72"],
      ],
      suppress: ["CKV_AWS_305", "CKV_AWS_310", "CKV_AWS_374"],
    },
    aws_cloudfront_response_headers_policy: { pass: ["CKV_AWS_259"] },
    aws_wafv2_web_acl: { pass: ["CKV_AWS_175", "CKV_AWS_192", "CKV_AWS_342", "CKV2_AWS_31"] },
    // CKV_AWS_233 is not checked in plans; a rule of deploy/policies is.
    aws_acm_certificate: { pass: ["CKV_AWS_234", "CKV2_AWS_71"], suppress: ["CKV_AWS_233"] },
    aws_route53_: { pass: ["CKV2_AWS_23"], suppress: ["CKV2_AWS_38", "CKV2_AWS_39"] },
  },
  vpc: {
    aws_vpc: { pass: ["CKV2_AWS_11", "CKV2_AWS_12"] },
    aws_subnet: { pass: ["CKV_AWS_130"], suppress: ["CKV2_AWS_1"] },
    aws_security_group: { pass: ["CKV_AWS_23", "CKV2_AWS_5"] },
    aws_vpc_security_group_: {
      pass: ["CKV_AWS_24", "CKV_AWS_25", "CKV_AWS_260", "CKV_AWS_277", "CKV_AWS_382"],
    },
  },
  // `data-checks.ts` has the checks of resource types that no stack has.
  data: {
    aws_rds_cluster: {
      pass: [
        ...["CKV_AWS_96", "CKV_AWS_133", "CKV_AWS_139", "CKV_AWS_162", "CKV_AWS_250", "CKV_AWS_313"],
        ...["CKV_AWS_324", "CKV_AWS_327", "CKV2_AWS_27"],
      ],
      suppress: ["CKV2_AWS_8"],
    },
    aws_rds_cluster_instance: {
      pass: ["CKV_AWS_17", "CKV_AWS_118", "CKV_AWS_226", "CKV_AWS_353", "CKV_AWS_354"],
    },
    aws_secretsmanager_secret: { pass: ["CKV_AWS_149"], suppress: ["CKV2_AWS_57"] },
  },
};

export const decidedChecks = (from: Decisions = decisions): DecidedCheck[] =>
  Object.entries(from).flatMap(([profile, types]) =>
    Object.entries(types).flatMap(([on, { pass = [], mixed = [], suppress = [] }]) => [
      ...pass.map((check) => ({ profile, check, on, decision: "pass" as const })),
      ...mixed.map((check) => ({ profile, check, on, decision: "mixed" as const })),
      ...suppress.map((check) => ({ profile, check, on, decision: "suppress" as const })),
    ]),
  );
