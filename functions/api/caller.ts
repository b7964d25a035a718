/** Who asks. */
export interface Caller {
  /** Names the request in its answer, in logs and in what it leads to. */
  readonly requestId: string;
  /** Whose request it is, as far as the API's authorization tells. */
  readonly principal: string;
}
