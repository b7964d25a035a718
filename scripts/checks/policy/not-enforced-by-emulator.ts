/** Something that a policy says to AWS and not to the emulator, and where it is tested instead. */
export interface NotEnforced {
  /** The statement's id. */
  readonly statement: string;
  /** The condition key that is left out; undefined where the whole statement is. */
  readonly key?: string;
  readonly why: string;
  readonly testedBy: { readonly file: string; readonly test: string };
}

const neverSet = "the emulator never sets the key, so that the condition could not be met";

const ofDeployRole = (statement: string, key: string, test: string): NotEnforced => ({
  statement,
  key,
  why: neverSet,
  testedBy: { file: "scripts/checks/policy/deploy-role.test.ts", test },
});

const claim = (name: string): NotEnforced => ({
  statement: "GitHubActions",
  key: `token.actions.githubusercontent.com:${name}`,
  why: "the emulator reads the subject and the audience of a token, and no other claim",
  testedBy: { file: "deploy/10_core/github/trust.test.ts", test: "deploy: $what" },
});

/** All of it; a test compares the list with what synthesized policies lose. */
export const notEnforcedByEmulator: readonly NotEnforced[] = [
  ofDeployRole("WriteBoundedRoles", "iam:PermissionsBoundary", "%s only for roles inside the boundary"),
  ofDeployRole("WritePassedRoles", "iam:PassedToService", "iam:PassRole to Lambda only"),
  ...["WriteEventSources", "WriteNewEventSources"].map((statement) =>
    ofDeployRole(statement, "lambda:FunctionArn", "lambda:%sEventSourceMapping for its own functions only"),
  ),
  ...["environment", "job_workflow_ref", "repository_id"].map(claim),
  {
    statement: "DenyInsecureTransport",
    why: "over the emulator's plain http it would lock everyone out",
    testedBy: {
      file: "deploy/policies/rules.test.ts",
      test: "queues and buckets require TLS",
    },
  },
];
