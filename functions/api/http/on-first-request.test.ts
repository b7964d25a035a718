import express from "express";
import request from "supertest";
import { onFirstRequest } from "./on-first-request";

test("a handler is created at its first request, once, and serves each", async () => {
  const create = jest.fn(() => express.Router().get("/", (_request, response) => void response.json({})));
  const app = express().use(onFirstRequest(create));
  expect(create).not.toHaveBeenCalled();
  for (const path of ["/", "/"]) expect((await request(app).get(path)).status).toBe(200);
  expect(create).toHaveBeenCalledTimes(1);
});
