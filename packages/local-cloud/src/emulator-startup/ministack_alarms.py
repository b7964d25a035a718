"""
CloudWatch alarms of MiniStack 1.5.33, whose Query protocol, which Terraform uses, stores no metric math and describes nine
fields of an alarm: Terraform would plan changes for the others again and again. Its JSON protocol has all fields.
"""

import json
import sys
from xml.sax.saxutils import escape


def nested(parameters):
    """{"Metrics.member.1.Id": ["m0"]} as {"Metrics": [{"Id": "m0"}]}."""
    tree = {}
    for path, value in parameters.items():
        *parents, last = path.split(".")
        node = tree
        for parent in parents:
            node = node.setdefault(parent, {})
        node[last] = value[0] if isinstance(value, list) else value

    def with_lists(node):
        if not isinstance(node, dict):
            return {"true": True, "false": False}.get(node, node)
        if "member" in node:
            return [with_lists(node["member"][index]) for index in sorted(node["member"], key=int)]
        return {name: with_lists(child) for name, child in node.items()}

    return with_lists(tree)


def complete_alarms():
    """Handles the requests of the Query protocol for alarms as those of the JSON protocol."""
    from ministack.services import cloudwatch

    def element(name, value):
        if isinstance(value, dict):
            inner = "".join(element(*each) for each in value.items() if each[1] not in (None, ""))
        elif isinstance(value, list):
            inner = "".join(element("member", each) for each in value)
        elif name.endswith("Timestamp"):
            inner = cloudwatch._ts_iso(value)
        else:
            inner = escape(str(value).lower() if isinstance(value, bool) else str(value))
        return f"<{name}>{inner}</{name}>"

    def as_json(action, handler, then=None):
        def handle(parameters, data, is_cbor, is_json=False):
            if is_cbor or is_json:
                return handler(parameters, data, is_cbor, is_json)
            request = nested(parameters)
            status, _, body = handler({}, request, False, True)
            if status != 200:
                return handler(parameters, data, is_cbor, is_json)
            if then is not None:
                then(request)
            result = json.loads(body or b"{}")
            return cloudwatch._xml(200, f"{action}Response", element(f"{action}Result", result))

        return handle

    def store_requested(request):
        alarm = cloudwatch._alarms[request["AlarmName"]]
        for default in ("Statistic", "Period"):
            if default not in request:
                alarm.pop(default, None)
        if "Metrics" in request:
            alarm["Metrics"] = request["Metrics"]

    evaluate = cloudwatch._evaluate_alarm

    def evaluate_own_metric(alarm):
        """Evaluates the metric of the alarm's dimensions only; MiniStack adds up those of all resources."""
        own = cloudwatch._dims_key(cloudwatch._dims_from_list(alarm.get("Dimensions") or []))
        metrics = cloudwatch._metrics
        cloudwatch._metrics = {key: points for key, points in metrics.items() if key[2] == own}
        try:
            evaluate(alarm)
        finally:
            cloudwatch._metrics = metrics

    for action, name, then in (
        ("PutMetricAlarm", "_put_metric_alarm", store_requested),
        ("PutCompositeAlarm", "_put_composite_alarm", None),
        ("DescribeAlarms", "_describe_alarms", None),
    ):
        if not callable(getattr(cloudwatch, name, None)):
            sys.exit(f"ministack_alarms.py: MiniStack does not have {name}")
        setattr(cloudwatch, name, as_json(action, getattr(cloudwatch, name), then))
    cloudwatch._evaluate_alarm = evaluate_own_metric
