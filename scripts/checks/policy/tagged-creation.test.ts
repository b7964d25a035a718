import { ResolvedEnvironment } from "../../../deploy/policies/resolved-environment";
import { environmentNames } from "../../../deploy/config/environments";
import { synthesizedForAws } from "../../../deploy/testing/environments";
import { arnOf } from "./arns";
import { isAllowed } from "./iam-evaluation";
import { statementsOfRole, type PolicyStatement } from "./policy-documents";
import { hasTags, taggedCreations } from "./tagged-creation";

jest.setTimeout(60_000); // environments are synthesized one after the other

describe.each(environmentNames())("%s: the deploy role may tag", (name) => {
  let environment: ResolvedEnvironment;
  let statements: PolicyStatement[];
  beforeAll(async () => {
    environment = new ResolvedEnvironment(await synthesizedForAws(name));
    statements = statementsOfRole(environment, `${environment.prefix}-deploy`);
  });

  test("each type that has tags: the table has a line for it", () => {
    const types = [...new Set(environment.resources.map(({ type }) => type))];
    const tagged = types.filter(hasTags);
    expect(tagged.length).toBeGreaterThan(10);
    expect(types.length).toBeGreaterThan(tagged.length);
    expect(tagged.filter((type) => !(type in taggedCreations))).toEqual([]);
  });

  test.each(Object.entries(taggedCreations))("%s", (type, { tag, untag, createdBy }) => {
    const tags = { "aws:ResourceTag/Project": "tasks", "aws:ResourceTag/Environment": name };
    // What is being created has no tags yet, and a request to tag it says nothing else of it.
    const context = createdBy === "administrator" ? tags : {};
    for (const resource of environment.all(type)) {
      for (const action of [tag, untag]) {
        const request = { action, resource: arnOf(environment, resource), context };
        expect([request, isAllowed(statements, request)]).toEqual([request, true]);
        const without = statements.map((statement) => ({
          ...statement,
          Action: statement.Action.filter((each) => each !== action),
        }));
        expect([request, isAllowed(without, request)]).toEqual([request, false]);
      }
    }
  });
});

test("every line of the table is about a type that some environment has", async () => {
  const types = new Set<string>();
  for (const name of environmentNames())
    for (const { type } of new ResolvedEnvironment(await synthesizedForAws(name)).resources) types.add(type);
  expect(Object.keys(taggedCreations).filter((type) => !types.has(type))).toEqual([]);
});
