import { Octokit } from "@octokit/rest";
import { userError } from "../../command-line/src/errors";

const noGithub = (variable: string) =>
  userError(
    `${variable} is not set.`,
    "GitHub's environment of a workflow",
    "run it in a workflow, or set the variable",
  );

const githubRefused = (request: string, cause: unknown) =>
  userError(
    `GitHub refused ${request}: ${cause instanceof Error ? cause.message : String(cause)}`,
    "a token that may write issues and pull requests",
    "check the workflow's permissions",
    cause,
  );

const perPage = 100;

/** Creates and updates comments and issues, which are found by a marker in their body. */
export class Github {
  private readonly issues: Octokit["rest"]["issues"];
  private readonly octokit: Octokit;
  private readonly repository: { readonly owner: string; readonly repo: string };

  /** @param repository `owner/name` */
  constructor(baseUrl: string, repository: string, auth: string) {
    this.octokit = new Octokit({ baseUrl, auth });
    this.issues = this.octokit.rest.issues;
    const [owner = "", repo = ""] = repository.split("/");
    this.repository = { owner, repo };
    this.octokit.hook.error("request", (error, { method, url }) => {
      const status = "status" in error ? ` with ${error.status}` : "";
      throw githubRefused(`${method} ${url}${status}`, error);
    });
  }

  /**
   * Reads the variables that GitHub sets for a workflow.
   * @throws {CommandError} naming the missing variable
   */
  static ofWorkflow(env: NodeJS.ProcessEnv = process.env): Github {
    const read = (name: string) => {
      const value = env[name];
      if (value === undefined || value === "") throw noGithub(name);
      return value;
    };
    return new Github(
      env.GITHUB_API_URL ?? "https://api.github.com",
      read("GITHUB_REPOSITORY"),
      read("GITHUB_TOKEN"),
    );
  }

  /** Writes a comment, or replaces the one that has the marker. */
  async comment(issue_number: number, marker: string, text: string): Promise<void> {
    const { issues, octokit, repository } = this;
    const body = `${marker}\n${text}`;
    const comments = octokit.paginate.iterator(issues.listComments, {
      ...repository,
      issue_number,
      per_page: perPage,
    });
    for await (const { data } of comments) {
      const old = data.find((comment) => comment.body?.includes(marker));
      if (old === undefined) continue;
      await issues.updateComment({ ...repository, comment_id: old.id, body });
      return;
    }
    await issues.createComment({ ...repository, issue_number, body });
  }

  /** Opens an issue, or updates the open one that has the marker. */
  async openIssue(marker: string, title: string, text: string): Promise<void> {
    const content = { ...this.repository, title, body: `${marker}\n${text}` };
    const issue_number = await this.openIssueWith(marker);
    if (issue_number === undefined) await this.issues.create(content);
    else await this.issues.update({ ...content, issue_number });
  }

  /** Closes the issue that has the marker, if it is open. */
  async closeIssue(marker: string, reason: string): Promise<void> {
    const issue_number = await this.openIssueWith(marker);
    if (issue_number === undefined) return;
    await this.issues.createComment({ ...this.repository, issue_number, body: reason });
    await this.issues.update({ ...this.repository, issue_number, state: "closed" });
  }

  private async openIssueWith(marker: string): Promise<number | undefined> {
    const query = { ...this.repository, state: "open", per_page: perPage } as const;
    for await (const { data } of this.octokit.paginate.iterator(this.issues.listForRepo, query)) {
      // GitHub lists pull requests as issues.
      const found = data.find((issue) => issue.pull_request === undefined && issue.body?.includes(marker));
      if (found !== undefined) return found.number;
    }
    return undefined;
  }
}
