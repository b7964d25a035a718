import document from "../openapi.json";
import { problemTypes } from "./problem-types";
import { testApi } from "../testing/test-api";

const codes = Object.entries(problemTypes);

test.each(codes)("GET /problems/%s describes the problem type", async (code, type) => {
  const { body, headers } = await testApi().api.get(`/problems/${code}`).expect(200);
  expect(body).toEqual({ type: `/problems/${code}`, ...type });
  expect(headers["content-type"]).toBe("application/json; charset=utf-8");
});

test.each(["/problems/unknown", "/problems/constructor", "/problems/", "/problems"])(
  "%s is not found",
  async (path) => {
    const { body } = await testApi().api.get(path).expect(404);
    expect(body).toMatchObject({ type: "/problems/resource-not-found" });
  },
);

test("the OpenAPI document lists each problem type", () => {
  expect(codes.length).toBeGreaterThan(10);
  expect(document.components.schemas.Problem.properties.type.enum).toEqual(
    codes.map(([code]) => `/problems/${code}`),
  );
});

test("each operation documents the codes of its problems by status", () => {
  const { responses } = document.paths["/tasks/{id}/retry"].post;
  expect(responses["409"].description).toBe("`task-not-retryable`");
  expect(responses["501"].description).toBe("`persistence-disabled`");
});

test("each operation on tasks documents a failure of the service", () => {
  const operations = Object.entries(document.paths)
    .filter(([path]) => path.startsWith("/tasks"))
    .flatMap(([, methods]) => Object.values<{ operationId: string; responses: object }>(methods));
  expect(operations.length).toBeGreaterThan(5);
  expect(operations.filter(({ responses }) => !("500" in responses))).toEqual([]);
});

test("a code is kebab-case, and its status an error", () => {
  for (const [code, { status }] of codes) {
    expect(code).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(status).toBeGreaterThanOrEqual(400);
  }
});

test("a problem of RFC 9457, as it is sent", async () => {
  const { body, headers } = await testApi().api.get("/tasks/01ARZ3NDEKTSV4RRFFQ69G5FAV").expect(404);
  expect(headers["content-type"]).toBe("application/problem+json; charset=utf-8");
  expect(body).toEqual({
    type: "/problems/task-not-found",
    title: "The task does not exist.",
    status: 404,
    detail: "The task does not exist.",
    instance: "request-1",
  });
});
