-- Ids sort as their bytes, whatever the database's locale is.
CREATE TABLE tasks (
  id text COLLATE "C" PRIMARY KEY,
  type text NOT NULL,
  state text NOT NULL CHECK (state IN ('pending', 'queued', 'running', 'succeeded', 'failed', 'cancelled')),
  -- json keeps the document as it was written: the order of members, and U+0000, which jsonb refuses.
  payload json NOT NULL,
  attempts integer NOT NULL,
  revision integer NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  result json,
  error text,
  request_id text NOT NULL,
  caller_group text,
  traceparent text,
  xray_trace text,
  lease_ends timestamptz,
  -- The number of recorded effects: 0 or 1.
  effects integer NOT NULL DEFAULT 0 CHECK (effects BETWEEN 0 AND 1),
  expires_at timestamptz
);

-- Lists, newest first.
CREATE INDEX tasks_by_state ON tasks (state, id);
CREATE INDEX tasks_by_type ON tasks (type, id);
CREATE INDEX tasks_by_type_and_state ON tasks (type, state, id);
-- The sweep: the outbox and lost messages, abandoned tasks, expired tasks.
CREATE INDEX tasks_unpublished ON tasks (state, updated_at, id) WHERE state IN ('pending', 'queued');
CREATE INDEX tasks_running ON tasks (lease_ends, id) WHERE state = 'running';
CREATE INDEX tasks_expiring ON tasks (expires_at) WHERE expires_at IS NOT NULL;

CREATE TABLE idempotency_keys (
  -- SHA-256 of caller, operation and key, since clients choose keys.
  key text COLLATE "C" PRIMARY KEY,
  request_id text NOT NULL,
  payload_hash text NOT NULL,
  -- The task of the first response.
  task json NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE INDEX idempotency_keys_expiring ON idempotency_keys (expires_at);

CREATE TABLE leases (
  name text PRIMARY KEY,
  holder text NOT NULL,
  ends timestamptz NOT NULL
);
