import type { FunctionName } from "../../scripts/build/paths";
import type { Method } from "./events";

/** The framework of a handler: a file of bench/peers/frameworks. */
export type Framework = "bare" | "hono" | "hono-zod-mini" | "fastify" | "express" | "powertools-router";

/** What a handler calls before it responds: a file of bench/peers/stores. */
export type Store = "none" | "sqs-metrics" | "deployed" | "full";

/** Stores with an exercise for the code cache: a file of bench/peers/ours/exercises. */
export type ExercisedStore = Exclude<Store, "deployed">;

/** How code and packages are deployed. */
export type Packaging =
  /** The zips of `npm run build`: function and layer. */
  | { readonly by: "build"; readonly service: FunctionName }
  /** A handler of bench/peers/ours, bundled by the project's build. */
  | { readonly by: "recipe"; readonly app: "hello" | "api"; readonly store: ExercisedStore }
  /** One minified file. */
  | { readonly by: "bundle"; readonly framework: Framework; readonly store: Store }
  /** One minified file, from a file of bench/peers that exports a handler. */
  | { readonly by: "file"; readonly path: string }
  /** The handler, and a layer with packages as npm installs them. */
  | { readonly by: "raw layer"; readonly framework: Framework; readonly store: Store };

export interface Shape {
  readonly name: string;
  readonly packaging: Packaging;
  /** Whether Node is started without the flags that Lambda gives it. */
  readonly withoutFlags?: true;
}

const recipe = (app: "hello" | "api", store: ExercisedStore): Packaging => ({ by: "recipe", app, store });
const bundle = (framework: Framework, store: Store): Packaging => ({ by: "bundle", framework, store });
const rawLayer = (framework: Framework, store: Store): Packaging => ({ by: "raw layer", framework, store });

const listOfShapes = {
  ours: { packaging: { by: "build", service: "api" } },
  "ours, without flags": { packaging: { by: "build", service: "api" }, withoutFlags: true },
  "our API without AWS": { packaging: recipe("api", "none") },
  "our recipe": { packaging: recipe("hello", "none") },
  "our recipe, without flags": { packaging: recipe("hello", "none"), withoutFlags: true },
  "our recipe + sqs, logger, metrics": { packaging: recipe("hello", "sqs-metrics") },
  "our recipe + all": { packaging: recipe("hello", "full") },
  "bare handler": { packaging: bundle("bare", "none") },
  Hono: { packaging: bundle("hono", "none") },
  "Hono, without flags": { packaging: bundle("hono", "none"), withoutFlags: true },
  "Hono, zod/mini": { packaging: bundle("hono-zod-mini", "none") },
  "Hono + sqs, logger, metrics": { packaging: bundle("hono", "sqs-metrics") },
  "Hono + what ours has": { packaging: bundle("hono", "deployed") },
  "Hono + what ours has, zod/mini": { packaging: bundle("hono-zod-mini", "deployed") },
  "Hono + what ours has, without flags": { packaging: bundle("hono", "deployed"), withoutFlags: true },
  "Hono + all": { packaging: bundle("hono", "full") },
  Fastify: { packaging: bundle("fastify", "none") },
  "Fastify + what ours has": { packaging: bundle("fastify", "deployed") },
  "Powertools router": { packaging: bundle("powertools-router", "none") },
  "Express, bundle": { packaging: bundle("express", "none") },
  "Express, bundle + what ours has": { packaging: bundle("express", "deployed") },
  "Express, raw layer": { packaging: rawLayer("express", "none") },
  "Express, raw layer + what ours has": { packaging: rawLayer("express", "deployed") },
  "Express, raw layer + all": { packaging: rawLayer("express", "full") },
} as const satisfies Readonly<Record<string, Omit<Shape, "name">>>;

export type ShapeName = keyof typeof listOfShapes;

/** All measured functions. `all` is sqs, dynamodb, lib-dynamodb, logger and metrics. */
export const shapes: readonly Shape[] = Object.entries(listOfShapes).map(([name, shape]) => ({
  name,
  ...shape,
}));

/** Whether a shape calls AWS when a task is created. */
export const callsAws = ({ packaging }: Shape): boolean =>
  packaging.by === "build" || (packaging.by !== "file" && packaging.store !== "none");

/** The largest ratio of the time of one shape to that of another one. */
export interface Target {
  readonly of: ShapeName;
  readonly against: ShapeName;
  /** For all methods or by method; absent for a ratio without a target. */
  readonly atMost?: number | Readonly<Record<Method, number>>;
}
