import * as z from "zod";
import { githubRefused, noGithub } from "./errors";

const commented = z.array(z.object({ id: z.number(), body: z.string().nullish() }));
const issues = z.array(
  z.object({ number: z.number(), body: z.string().nullish(), pull_request: z.unknown().optional() }),
);
const perPage = 100;

/** As much of GitHub's REST API as a workflow needs to say something in one place, and to keep it up to date. */
export class Github {
  constructor(
    private readonly api: string,
    private readonly repository: string,
    private readonly token: string,
  ) {}

  /**
   * From the variables that GitHub gives a workflow.
   * @throws {CommandError} naming what is missing
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

  /** Writes a comment, or what is to stand in place of the one that carries the marker. */
  async comment(pullRequest: number, marker: string, body: string): Promise<void> {
    const path = `issues/${pullRequest}/comments`;
    const old = await this.find(path, commented, ({ body: text }) => text?.includes(marker) === true);
    if (old === undefined) await this.call("POST", path, { body: `${marker}\n${body}` });
    else await this.call("PATCH", `issues/comments/${old.id}`, { body: `${marker}\n${body}` });
  }

  /** Opens an issue, or brings the open one that carries the marker up to date. */
  async openIssue(marker: string, title: string, body: string): Promise<void> {
    const text = `${marker}\n${body}`;
    const open = await this.issueWith(marker);
    if (open === undefined) await this.call("POST", "issues", { title, body: text });
    else await this.call("PATCH", `issues/${open.number}`, { title, body: text });
  }

  /** Closes the issue that carries the marker, if it is open. */
  async closeIssue(marker: string, reason: string): Promise<void> {
    const open = await this.issueWith(marker);
    if (open === undefined) return;
    await this.call("POST", `issues/${open.number}/comments`, { body: reason });
    await this.call("PATCH", `issues/${open.number}`, { state: "closed" });
  }

  private issueWith = (marker: string) =>
    this.find(
      "issues?state=open",
      issues,
      (issue) => issue.pull_request === undefined && issue.body?.includes(marker) === true,
    );

  private async find<Item>(
    path: string,
    schema: z.ZodType<Item[]>,
    isIt: (item: Item) => boolean,
  ): Promise<Item | undefined> {
    for (let page = 1; ; page++) {
      const query = `${path.includes("?") ? "&" : "?"}per_page=${perPage}&page=${page}`;
      const items = schema.parse(await this.call("GET", `${path}${query}`));
      const found = items.find(isIt);
      if (found !== undefined || items.length < perPage) return found;
    }
  }

  private async call(method: string, path: string, body?: object): Promise<unknown> {
    const response = await fetch(`${this.api}/repos/${this.repository}/${path}`, {
      method,
      headers: {
        accept: "application/vnd.github+json",
        authorization: `Bearer ${this.token}`,
        "x-github-api-version": "2022-11-28",
        ...(body && { "content-type": "application/json" }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!response.ok)
      throw githubRefused(method, path, response.status, (await response.text()).slice(0, 200));
    return response.json();
  }
}
