/** The trace of the request or event that submitted a task. */
export interface Trace {
  /** W3C Trace Context: version, trace id, parent id and flags. https://www.w3.org/TR/trace-context/ */
  readonly traceparent: string;
  /** X-Ray's header of the invocation that submitted the task, when it is of another trace. */
  readonly xrayTrace?: string | undefined;
}

/** The attributes of a trace on an item or a message that may have none. */
export type MaybeTrace = { readonly [Key in keyof Trace]?: string | undefined };

/** A `traceparent` of version 00, as it is stored and sent. */
export const traceparentPattern = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/** https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader */
const xrayFields = "Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=[01]";
export const xrayTracePattern = new RegExp(`^${xrayFields}$`);
/** As Lambda writes them, before its other fields. */
const xrayFieldsInOrder = new RegExp(`^${xrayFields}(?=;|$)`);

/** What names the trace of an invocation. Header values come from clients: anything but a valid one is ignored. */
export interface TraceSources {
  /** Header `traceparent` of the request. */
  readonly traceparent?: string | undefined;
  /** Header `x-amzn-trace-id` of the request. The HTTP API adds one without a parent, which names no trace in X-Ray. */
  readonly xrayHeader?: string | undefined;
  /** Lambda sets `_X_AMZN_TRACE_ID` for each invocation. */
  readonly invocation?: string | undefined;
}

/**
 * The trace to continue: that of the client, or else that of the invocation.
 * @returns undefined when none is named
 */
export function traceOf({ traceparent, xrayHeader, invocation }: TraceSources): Trace | undefined {
  const xrayTrace = xrayTraceOf(invocation);
  const own = w3cOf(xrayTrace);
  const chosen = traceparentOf(traceparent) ?? w3cOf(xrayTraceOf(xrayHeader)) ?? own;
  if (chosen === undefined) return undefined;
  const isOwn = own === undefined || traceIdOf({ traceparent: chosen }) === traceIdOf({ traceparent: own });
  return { traceparent: chosen, ...(!isOwn && { xrayTrace }) };
}

/** The 32 digits of a trace's id, by which its log lines are found. X-Ray writes them as `1-<8 digits>-<24 digits>`. */
export const traceIdOf = ({ traceparent }: MaybeTrace): string | undefined => traceparent?.slice(3, 35);

/** The value of SQS's system attribute `AWSTraceHeader`, by which X-Ray links the worker's trace. */
export function awsTraceHeaderOf({ traceparent, xrayTrace }: MaybeTrace): string | undefined {
  if (xrayTrace !== undefined || traceparent === undefined) return xrayTrace;
  const [, traceId = "", parent = "", flags = ""] = traceparent.split("-");
  const sampled = Number.parseInt(flags, 16) & 1;
  return `Root=1-${traceId.slice(0, 8)}-${traceId.slice(8)};Parent=${parent};Sampled=${sampled}`;
}

/** A later version than 00 may have more fields behind those of 00. Version ff is invalid. */
function traceparentOf(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  const [, version, fields = "", more] = /^([0-9a-f]{2})(-.{52})(-.*)?$/s.exec(header) ?? [];
  if (version === undefined || version === "ff" || (version === "00" && more !== undefined)) return undefined;
  const found = `00${fields}`;
  return traceparentPattern.test(found) ? found : undefined;
}

/** An X-Ray header with root and parent. Other fields, such as `Self` and `Lineage`, are left out. */
export function xrayTraceOf(header: string | undefined): string | undefined {
  if (header === undefined || !header.includes("Parent=")) return undefined;
  const [inOrder] = xrayFieldsInOrder.exec(header) ?? [];
  if (inOrder !== undefined) return inOrder;
  const fields = new Map(header.split(";").map((field) => [field.split("=")[0]?.trim(), field.trim()]));
  const found = [fields.get("Root"), fields.get("Parent"), fields.get("Sampled") ?? "Sampled=0"].join(";");
  return xrayTracePattern.test(found) ? found : undefined;
}

/** @param header valid */
function w3cOf(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  const [, time, random, parent, sampled] =
    /^Root=1-(.{8})-(.{24});Parent=(.{16});Sampled=(.)$/.exec(header) ?? [];
  const found = `00-${time}${random}-${parent}-0${sampled}`;
  return traceparentPattern.test(found) ? found : undefined;
}
