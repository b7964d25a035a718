import type express from "express";

/** What a program can use. */
export interface Tools {
  readonly express: typeof express;
  /** Loads a package, as published or from the layer. */
  readonly load: (packageName: string) => unknown;
  /** Folder with files to serve and views to render. */
  readonly folder: string;
}

/** A use of a documented API. It runs with the published Express and with the layer's. */
export interface Program {
  /** @returns the outcome, serializable as JSON */
  readonly run: (tools: Tools) => unknown;
  /**
   * A part of the outcome, which shows that the program uses the API. For a response, a number is its status and a string
   * is its body.
   */
  readonly shows: unknown;
}

/** Programs by the API that they use, such as `res.json`. Several of one API have a suffix: `res.json: values`. */
export type Programs = Readonly<Record<string, Program>>;

/** An error, or another thrown value, serializable as JSON. */
export const described = (error: unknown): unknown =>
  error instanceof Error
    ? Object.assign({}, error, { name: error.name, message: error.message })
    : { thrown: error };

/** The return value of a function, or a description of what it throws. */
export function outcomeOf(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return described(error);
  }
}
