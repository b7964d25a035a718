"""Lists the permissions that the emulator requires for recorded calls.

Reads a JSON list of calls from stdin, and writes a JSON list with a list of [action, resource] for each call.
Runs on the emulator's Python, and uses the functions by which the emulator enforces permissions.
"""

import base64
import json
import sys
from urllib.parse import parse_qs, urlsplit

from ministack.app import _routing_params
from ministack.core.iam_actions import (
    dynamodb_resource_arns,
    dynamodb_transaction_checks,
    extract_iam_action,
    extract_resource_arn,
    s3_additional_checks,
)
from ministack.core.router import detect_service

ACCOUNT, REGION = sys.argv[1], sys.argv[2]


def checks(call):
    url = urlsplit(call["path"])
    # Calls of a deployed API: the emulator would take them for calls of S3.
    if url.path.startswith("/_aws/execute-api/"):
        return []
    headers = {name: value for name, value in call["headers"].items() if isinstance(value, str)}
    body = base64.b64decode(call["body"])
    query = parse_qs(url.query, keep_blank_values=True)
    service = detect_service(call["method"], url.path, headers, query)
    params = _routing_params(call["method"], url.path, headers, body, query)
    service = detect_service(call["method"], url.path, headers, params)
    action = extract_iam_action(service, call["method"], url.path, headers, body, params)
    if action is None:
        return []
    if service == "dynamodb":
        items = dynamodb_transaction_checks(action, body, REGION, ACCOUNT)
        if items:
            return [list(item) for item in items]
        return [[action, arn] for arn in dynamodb_resource_arns(body, REGION, ACCOUNT) or ["*"]]
    resource = extract_resource_arn(service, call["method"], url.path, headers, body, params, REGION, ACCOUNT)
    found = [[action, resource]]
    if service == "s3":
        found += [list(extra) for extra in s3_additional_checks(call["method"], url.path, headers, body, params)]
    return found


json.dump([checks(call) for call in json.load(sys.stdin)], sys.stdout)
