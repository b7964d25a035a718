import { policyDocument } from "../../shared/policy-document";
import type { GithubRepository } from "../../config/schemas/core";

/** The OIDC issuer of GitHub Actions. */
export const githubIssuer = "token.actions.githubusercontent.com";
export const audience = "sts.amazonaws.com";

/** Workflows that may deploy or destroy an environment, at the revision of the main branch. */
const deployingWorkflows = ["deploy-environment.yml", "destroy.yml"];
const mainBranch = "refs/heads/main";

/** Subjects of the repository's jobs: with immutable ids and, when `classic_subject` is set, also without. */
function subjects(repository: GithubRepository, context: string): string[] {
  const { owner, owner_id, repository: name, repository_id, classic_subject } = repository;
  const immutable = `repo:${owner}@${owner_id}/${name}@${repository_id}:${context}`;
  return classic_subject ? [immutable, `repo:${owner}/${name}:${context}`] : [immutable];
}

/** Trusts jobs of the GitHub environment, in the workflows that deploy. */
export const trustDeployment = (
  providerArn: string,
  repository: GithubRepository,
  environment: string,
): string =>
  trust(providerArn, {
    sub: subjects(repository, `environment:${environment}`),
    repository_id: repository.repository_id,
    environment,
    job_workflow_ref: deployingWorkflows.map(
      (file) => `${repository.owner}/${repository.repository}/.github/workflows/${file}@${mainBranch}`,
    ),
  });

/** Trusts jobs of pull requests and of the main branch, for read access. */
export const trustPlan = (providerArn: string, repository: GithubRepository): string =>
  trust(providerArn, {
    sub: ["pull_request", `ref:${mainBranch}`].flatMap((context) => subjects(repository, context)),
    repository_id: repository.repository_id,
  });

type Claims = Readonly<Record<string, string | readonly string[]>>;

/**
 * Every claim must match exactly. STS does not support `repository_owner_id`: the owner's id is in the subject.
 * https://aws.amazon.com/about-aws/whats-new/2026/01/aws-sts-supports-validation-identity-provider-claims/
 */
const trust = (providerArn: string, claims: Claims): string =>
  policyDocument([
    {
      Sid: "GitHubActions",
      Effect: "Allow",
      Principal: { Federated: providerArn },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: {
        StringEquals: Object.fromEntries(
          Object.entries({ aud: audience, ...claims }).map(([name, value]) => [
            `${githubIssuer}:${name}`,
            value,
          ]),
        ),
      },
    },
  ]);
