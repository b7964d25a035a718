"""Hooks and checks that Schemathesis cannot derive from the schema."""

import json
import os
import re
import uuid
from urllib.parse import unquote, urlsplit

import schemathesis

CALLER = json.loads(os.environ.get("CONTRACT_CALLER", "null"))


@schemathesis.hook
def before_call(context, case, kwargs):
    """Makes valid idempotency keys unique, since the API rejects a key that is used again with another body."""
    for name, key in list((case.headers or {}).items()):
        if name.lower() == "idempotency-key" and re.fullmatch(r"[\x21-\x7e]{1,200}", str(key)):
            case.headers[name] = f"{key}{uuid.uuid4()}"


def scopes_of(operation):
    """The scopes that a token needs; empty for an operation without security requirements."""
    requirements = operation.definition.raw.get("security", [])
    return {scope for requirement in requirements for scope in requirement.get("jwt", [])}


def reaches_route(request, operation):
    """Whether the path matches the route of the operation: a generated id may contain slashes."""
    route = re.sub(r"\{\w+\}", "[^/]+", operation.path)
    return re.search(r"/\$default" + route + r"\Z", unquote(urlsplit(request.url).path)) is not None


@schemathesis.check
def only_what_scopes_allow(ctx, response, case):
    """An operation accepts tokens with its scopes, and rejects other callers."""
    if CALLER is None or response.request.method != case.operation.method.upper():
        return None
    scopes = scopes_of(case.operation)
    missing = scopes - set(CALLER["grantedScopes"])
    token = CALLER.get("token")
    sent = response.request.headers.get("authorization")
    # Schemathesis sends some requests without the token, to check that it is required.
    has_token = token is not None and sent in (f"Bearer {token}", f"Bearer {token}".encode())
    name = f"{case.operation.method.upper()} {case.operation.path}"
    if scopes and not has_token:
        assert response.status_code == 401, f"{name} was allowed without a token: {response.status_code}"
    elif missing:
        rejections = (403,) if reaches_route(response.request, case.operation) else (403, 404, 405)
        rejected = response.status_code in rejections
        assert rejected, f"{name} was allowed without the scope {', '.join(missing)}: {response.status_code}"
    else:
        assert response.status_code not in (401, 403), f"{name} was rejected: {response.status_code}"
    return None
