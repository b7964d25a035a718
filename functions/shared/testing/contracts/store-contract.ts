import type { CreateBackend } from "../backend";
import { describeSweepStore } from "./sweep-store-contract";
import { describeTaskExpiry } from "./task-expiry-contract";
import { describeTaskRepository } from "./task-repository-contract";

/** The behaviour of every store, in both of its roles. */
export function describeStore(createBackend: CreateBackend): void {
  describe("as a task repository", () => {
    describeTaskRepository(createBackend);
  });
  describe("after the retention of tasks", () => {
    describeTaskExpiry(createBackend);
  });
  describe("as a sweep store", () => {
    describeSweepStore(createBackend);
  });
}
