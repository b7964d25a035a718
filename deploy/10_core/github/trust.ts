import { policyDocument } from "../../shared/policy-document";
import type { GithubRepository } from "../../config/schemas/core";

/** Who vouches for GitHub's workflows. */
export const githubIssuer = "token.actions.githubusercontent.com";
export const audience = "sts.amazonaws.com";

/** Workflows that may change an environment, at the revision that is on the main branch. */
const deployingWorkflows = ["deploy-environment.yml", "destroy.yml"];
const mainBranch = "refs/heads/main";

/** Subjects that GitHub gives to jobs of the repository: with the immutable ids and, while configured, without. */
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

/** Trusts jobs of pull requests and of the main branch, which may look. */
export const trustPlan = (providerArn: string, repository: GithubRepository): string =>
  trust(providerArn, {
    sub: ["pull_request", `ref:${mainBranch}`].flatMap((context) => subjects(repository, context)),
    repository_id: repository.repository_id,
  });

type Claims = Readonly<Record<string, string | readonly string[]>>;

/**
 * Every claim must be exactly as it is said here. STS knows no `repository_owner_id`: the owner's id is in the subject.
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
