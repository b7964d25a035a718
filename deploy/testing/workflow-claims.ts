import type { GithubRepository } from "../config/schemas/core";

export const exampleRepository: GithubRepository = {
  owner: "example",
  owner_id: "1000001",
  repository: "service",
  repository_id: "2000002",
  classic_subject: false,
  existing_provider: false,
};

/** Claims of the token of a GitHub Actions job: https://docs.github.com/en/actions/reference/security/oidc */
export type WorkflowClaims = Readonly<Record<string, string>>;

const subject = ({ owner, owner_id, repository, repository_id }: GithubRepository, context: string) =>
  `repo:${owner}@${owner_id}/${repository}@${repository_id}:${context}`;

const classicSubject = ({ owner, repository }: GithubRepository, context: string) =>
  `repo:${owner}/${repository}:${context}`;

const claims = (repository: GithubRepository, context: string, workflow: string): WorkflowClaims => ({
  iss: "https://token.actions.githubusercontent.com",
  aud: "sts.amazonaws.com",
  sub: subject(repository, context),
  repository_id: repository.repository_id,
  job_workflow_ref: `${repository.owner}/${repository.repository}/.github/workflows/${workflow}@refs/heads/main`,
});

/** A job of the workflow that deploys an environment. */
export const deployClaims = (repository: GithubRepository, environment: string): WorkflowClaims => ({
  ...claims(repository, `environment:${environment}`, "deploy-environment.yml"),
  environment,
});

/** A job that plans a pull request. */
export const planClaims = (repository: GithubRepository): WorkflowClaims =>
  claims(repository, "pull_request", "plan.yml");

export interface TrustCase {
  readonly what: string;
  readonly claims: WorkflowClaims;
  readonly isTrusted: boolean;
  /** The claim that differs from a trusted token. */
  readonly decidedBy: "sub" | "aud" | "repository_id" | "job_workflow_ref";
}

/** Tokens with which a job assumes an environment's deploy role, and whether STS accepts them. */
export function trustCases(repository: GithubRepository, environment: string): TrustCase[] {
  const context = `environment:${environment}`;
  const right = deployClaims(repository, environment);
  const without = (name: string): WorkflowClaims =>
    Object.fromEntries(Object.entries(right).filter(([claim]) => claim !== name));
  const rejected = (
    what: string,
    changed: WorkflowClaims,
    decidedBy: TrustCase["decidedBy"] = "sub",
  ): TrustCase => ({ what, claims: { ...right, ...changed }, isTrusted: false, decidedBy });
  const as = (other: Partial<GithubRepository>) => ({ ...repository, ...other });
  const recycled = as({ owner_id: "666", repository_id: "667" });
  const fork = as({ owner: "other-owner", owner_id: "666", repository_id: "667" });
  return [
    { what: "a job of the environment", claims: right, isTrusted: true, decidedBy: "sub" },
    rejected("a job of another environment", deployClaims(repository, `not-${environment}`)),
    rejected("a job of a branch", { sub: subject(repository, "ref:refs/heads/main") }),
    rejected("a job of a pull request", { sub: subject(repository, "pull_request") }),
    rejected("a job of a fork", deployClaims(fork, environment)),
    rejected("a new repository with the name of the deleted one", deployClaims(recycled, environment)),
    rejected("a subject without ids", { sub: classicSubject(repository, context) }),
    { what: "no subject", claims: without("sub"), isTrusted: false, decidedBy: "sub" },
    rejected("a token for another audience", { aud: "https://github.com/example" }, "aud"),
    rejected("another owner", { sub: subject(as({ owner_id: "666" }), context) }),
    rejected("a subject of wildcards", { sub: `repo:${repository.owner}@*/*:environment:*` }),
    rejected(
      "a workflow of another repository, called by ours",
      { job_workflow_ref: "other-owner/workflows/.github/workflows/deploy-environment.yml@refs/heads/main" },
      "job_workflow_ref",
    ),
  ];
}

/** With `classic_subject`: the repository, and another repository that took its name. */
export function classicTrustCases(repository: GithubRepository, environment: string): TrustCase[] {
  const sub = classicSubject(repository, `environment:${environment}`);
  const right = { ...deployClaims(repository, environment), sub };
  return [
    { what: "a subject without ids", claims: right, isTrusted: true, decidedBy: "sub" },
    {
      what: "a subject without ids, of a repository that took the name",
      claims: { ...right, repository_id: "667" },
      isTrusted: false,
      decidedBy: "repository_id",
    },
  ];
}
