import express from "express";
import helmet from "helmet";
import request from "supertest";
import { securityHeaders } from "./security-headers";

const options = { contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"] } } };

test("every response has the headers of helmet, and none of earlier responses", async () => {
  const app = express();
  app.use((incoming, response, next) => {
    response.set("X-Of-This-Request", incoming.path);
    next();
  });
  app.use(securityHeaders(options));
  app.use((_request, response) => void response.send("text"));
  const byHelmet = express().use(helmet(options));
  byHelmet.use((_request, response) => void response.send("text"));

  const expected = Object.entries((await request(byHelmet).get("/")).headers).filter(
    ([name]) => name !== "date",
  );
  for (const path of ["/first", "/second"]) {
    const { headers } = await request(app).get(path);
    expect(headers).toMatchObject({ ...Object.fromEntries(expected), "x-of-this-request": path });
  }
});
