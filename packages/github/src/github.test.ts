import { Github } from "./github";
import { GithubServer } from "./testing/github-server";

describe("comments and issues in GitHub", () => {
  let server: GithubServer;
  let address: string;
  const as = (token: string) => new Github(address, "example/tasks", token);

  beforeEach(async () => {
    ({ github: server, address } = await GithubServer.open());
  });
  afterEach(() => {
    server.close();
  });

  test("one comment is updated, among many others", async () => {
    server.comments.push(...Array.from({ length: 150 }, (_, id) => ({ id, issue: 12, body: "another" })));
    await as(server.token).comment(12, "<!-- mark -->", "first");
    await as(server.token).comment(12, "<!-- mark -->", "second");
    expect(server.comments.slice(150).map(({ body }) => body)).toEqual(["<!-- mark -->\nsecond"]);
  });

  test("one issue is updated, and closed", async () => {
    await as(server.token).openIssue("<!-- drift -->", "dev has drifted", "a queue");
    await as(server.token).openIssue("<!-- drift -->", "dev has drifted", "a queue still");
    expect(server.issues).toHaveLength(1);
    expect(server.issues[0]).toMatchObject({ title: "dev has drifted", state: "open" });
    expect(server.issues[0]?.body).toBe("<!-- drift -->\na queue still");
    await as(server.token).closeIssue("<!-- drift -->", "no drift");
    expect(server.issues[0]?.state).toBe("closed");
    await as(server.token).closeIssue("<!-- drift -->", "no drift");
  });

  test("an error has GitHub's response", async () => {
    await expect(as("other").comment(12, "<!-- mark -->", "")).rejects.toThrow(
      /^GitHub refused GET \S+\/issues\/12\/comments\S* with 401: Bad credentials/,
    );
  });

  test("outside a workflow, the missing variable is named", () => {
    expect(() => Github.ofWorkflow({})).toThrow("GITHUB_REPOSITORY is not set");
  });
});
