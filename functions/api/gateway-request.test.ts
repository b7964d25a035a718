import { callerOfInvoke } from "./invoke-caller";

const invoke = (requestContext: object) => ({ event: { requestContext } });

test.each([
  ["IAM", { iam: { userArn: "arn:aws:iam::111111111111:user/a" } }, "arn:aws:iam::111111111111:user/a"],
  ["a token", { jwt: { claims: { sub: "a" } } }, "a"],
  ["nothing that is known", { lambda: {} }, "anyone"],
  ["nothing", undefined, "anyone"],
])("who is authorized by %s", (_by, authorizer, principal) => {
  expect(callerOfInvoke(invoke({ requestId: "1", authorizer }))).toEqual({ requestId: "1", principal });
});

test("a request that the API has not named has a name all the same", () => {
  expect(callerOfInvoke(invoke({}))).toEqual({ requestId: "unnamed", principal: "anyone" });
});
