import document from "../openapi.json";
import { testApi } from "../testing/test-api";
import { servedDocument } from "./served-document";

/** The schemes that operations name, and those that the document declares. */
function schemes({ paths, components }: typeof document) {
  const named = Object.values(paths).flatMap((operations) =>
    Object.values(operations).flatMap(({ security }) => (security as object[]).flatMap(Object.keys)),
  );
  const own: { readonly securitySchemes?: object } = components;
  return { named: new Set(named), declared: own.securitySchemes && Object.keys(own.securitySchemes) };
}

test("an open API has no security scheme, so that Swagger UI shows no lock", () => {
  expect(schemes(document).named).toEqual(new Set(["iam", "jwt"]));
  expect(schemes(servedDocument("none"))).toEqual({ named: new Set(), declared: undefined });
});

test.each(["iam", "jwt"] as const)(
  "an API with authorization by %s has that scheme alone",
  (authorization) => {
    expect(schemes(servedDocument(authorization))).toEqual({
      named: new Set([authorization]),
      declared: [authorization],
    });
  },
);

test("with a domain name the server is its URL, otherwise the document's own address", async () => {
  const { body } = await testApi({ publicUrl: "https://api.example.com" }).api.get("/openapi.json");
  expect(body).toMatchObject({ servers: [{ url: "https://api.example.com/" }] });
  expect((await testApi().api.get("/openapi.json")).body).toMatchObject({ servers: [{ url: "./" }] });
});

test("nothing else of the document differs, and the API serves it", async () => {
  const without = (value: unknown) =>
    JSON.parse(
      JSON.stringify(value, (key, each: unknown) =>
        key === "security" || key === "securitySchemes" ? undefined : each,
      ),
    ) as unknown;
  const { body } = await testApi({ authorization: "none" }).api.get("/openapi.json");
  expect(body).toEqual(servedDocument("none"));
  expect(without(body)).toEqual(without(document));
});
