import { createTasksClient } from "../../client";
import { userError, wrongUsage } from "../core/errors";
import { reasonsFromApi } from "./task-reasons";

const id = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
const failedTask = { id, state: "failed", error: "The dependency did not respond" };

/** An API with these responses, and the paths of its requests. */
function apiWith(...responses: (readonly [number, object])[]) {
  const paths: string[] = [];
  const client = createTasksClient({
    baseUrl: "http://localhost",
    fetch: ({ url }) => {
      paths.push(new URL(url).pathname);
      const [status, body] = responses.shift() ?? [200, failedTask];
      return Promise.resolve(Response.json(body, { status }));
    },
  });
  return { paths, read: reasonsFromApi(() => Promise.resolve(client)) };
}

test("the reason is the error of the task; none without an error, and without a task", async () => {
  const { read, paths } = apiWith([200, failedTask], [200, { id, state: "queued" }], [404, {}]);
  expect([await read(id), await read(id), await read(id)]).toEqual([failedTask.error, undefined, undefined]);
  expect(paths).toEqual(Array(3).fill(`/tasks/${id}`));
});

test.each([
  [403, { message: "Forbidden" }, "status 403: Forbidden"],
  [503, { title: "The service is unavailable" }, "status 503: The service is unavailable"],
])("after a status of %d the API is not called again", async (status, body, reason) => {
  const { read, paths } = apiWith([status, body]);
  const expected = `The API did not return the reason: GET /tasks/${id} was refused with ${reason}`;
  expect([await read(id), await read(id)]).toEqual([expected, expected]);
  expect(paths).toHaveLength(1);
});

test("a task that the API cannot read does not hide the reasons of others", async () => {
  const { read } = apiWith([500, { title: "The task cannot be read" }]);
  expect(await read(id)).toContain("status 500: The task cannot be read");
  expect(await read(id)).toBe(failedTask.error);
});

test("an API that is not deployed is the reason; a missing token is an error", async () => {
  const missing = reasonsFromApi(() => Promise.reject(userError("There is no API", "one", "deploy it")));
  expect(await missing(id)).toBe("The API did not return the reason: There is no API");
  const withoutToken = reasonsFromApi(() => Promise.reject(wrongUsage("Expected --token")));
  await expect(withoutToken(id)).rejects.toThrow("Expected --token");
});
