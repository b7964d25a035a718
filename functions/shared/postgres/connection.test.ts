import aws4 from "aws4";
import { authenticationToken, connectionOf } from "./connection";

test("a token is what another implementation of Signature Version 4 computes", async () => {
  const login = { host: "tasks.cluster-x.eu-central-1.rds.amazonaws.com", port: 5432, user: "tasks_app" };
  const credentials = {
    AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
    AWS_SECRET_ACCESS_KEY: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
    AWS_SESSION_TOKEN: "token+with/characters==",
  };
  const signed = aws4.sign(
    {
      ...{ service: "rds-db", region: "eu-central-1", method: "GET", signQuery: true },
      host: `${login.host}:${login.port}`,
      path: "/?Action=connect&DBUser=tasks_app&X-Amz-Date=20260301T120000Z&X-Amz-Expires=900",
    },
    {
      accessKeyId: credentials.AWS_ACCESS_KEY_ID,
      secretAccessKey: credentials.AWS_SECRET_ACCESS_KEY,
      sessionToken: credentials.AWS_SESSION_TOKEN,
    },
  );
  const environment = { ...credentials, AWS_REGION: "eu-central-1" };
  const token = await authenticationToken(login, environment, new Date("2026-03-01T12:00:00Z"));
  const parameters = (url: string) => Object.fromEntries(new URL(url, "https://host").searchParams);
  expect(parameters(`https://${token}`)).toEqual(parameters(signed.path ?? ""));
  expect(token.startsWith(`${login.host}:${login.port}/?Action=connect&DBUser=tasks_app&`)).toBe(true);
});

test("a URL without sslmode=verify-full is a local database; one with it needs the certificates of Lambda", () => {
  expect(connectionOf("postgresql://postgres@127.0.0.1:54321/tasks?sslmode=disable")).toEqual({
    ...{ host: "127.0.0.1", port: 54321, user: "postgres", database: "tasks", password: "" },
  });
  expect(() => connectionOf("postgresql://app@host:5432/tasks?sslmode=verify-full")).toThrow(
    "/var/runtime/ca-cert.pem",
  );
});
