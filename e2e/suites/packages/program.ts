import type express from "express";

/** What a program has to work with. */
export interface Tools {
  readonly express: typeof express;
  /** Loads a package, as published or from the layer. */
  readonly load: (packageName: string) => unknown;
  /** Folder with files to serve and views to render. */
  readonly folder: string;
}

/** A use of a documented API, which is run with Express as published and with the layer's. */
export interface Program {
  /** @returns the outcome, as JSON can hold it */
  readonly run: (tools: Tools) => unknown;
  /**
   * A part of the outcome, which shows that the program reaches what it is about. Of a response, a number is its status
   * and a string its body.
   */
  readonly shows: unknown;
}

/** Programs by the API that they use, such as `res.json`; a colon and a remark follow where there are several. */
export type Programs = Readonly<Record<string, Program>>;

/** An error, or what else was thrown, as JSON can hold it. */
export const described = (error: unknown): unknown =>
  error instanceof Error
    ? Object.assign({}, error, { name: error.name, message: error.message })
    : { thrown: error };

/** What a function returns, or else a description of what it throws. */
export function outcomeOf(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return described(error);
  }
}
