import { testApi } from "../testing/test-api";

interface ApiResponse {
  readonly body: { readonly errors?: readonly { readonly pointer: string; readonly detail: string }[] };
}

const errorsOf = async (query: string) => {
  const { body }: ApiResponse = await testApi().api.get(`/tasks?${query}`).expect(422);
  return body.errors ?? [];
};

test.each([
  "0x10",
  "1e2",
  "0b11",
  "0o7",
  "%205%20",
  "%2B5",
  "5.0",
  "-1",
  "",
  "Infinity",
  "%D9%A5",
  "0",
  "101",
])("limit=%s is 422: it is not digits, or too few or many", async (limit) => {
  expect(await errorsOf(`limit=${limit}`)).toMatchObject([{ pointer: "?limit" }]);
});

test.each(["1", "100", "007"])("limit=%s is a limit", async (limit) => {
  await testApi().api.get(`/tasks?limit=${limit}`).expect(200);
});

test.each([
  ["limit=5&limit=5", "?limit"],
  ["limit=5,5", "?limit"],
  ["limit=5%2C5", "?limit"],
  ["state=failed&state=failed", "?state"],
  ["state=failed,failed", "?state"],
  ["type=echo&type=echo", "?type"],
  ["cursor=a&cursor=b", "?cursor"],
])("%s is 422, with an error for a repeated parameter", async (query, pointer) => {
  const errors = await errorsOf(query);
  expect(errors.map((error) => error.pointer)).toEqual([pointer]);
  expect(errors[0]?.detail).toContain("expected the parameter once");
});

test.each([
  "state=Failed",
  "state=%20failed",
  "state=",
  "type=",
  "type=Echo",
  `type=${"x".repeat(65)}`,
  "cursor=",
  "Limit=5",
  "limit[]=5",
  "limit%00=5",
])("%s is 422, without an error for a repeated parameter", async (query) => {
  const errors = await errorsOf(query);
  expect(errors).toHaveLength(1);
  expect(errors[0]?.detail).not.toContain("expected the parameter once");
});
