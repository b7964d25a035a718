"""
Parts of ACM, CloudFront, WAF and EC2 that MiniStack 1.5.33 lacks or does not return, so that Terraform's second plan is empty and
a function of CloudFront can read its key value store.
"""

import json
import sys


def complete_edge():
    from ministack.core import responses
    from ministack.services import acm, cloudfront, cloudfront_keyvaluestore, ec2, waf

    for module, names in (
        (acm, ("_request_certificate", "_certificates")),
        (cloudfront, ("live_function_code", "_functions", "_build_rhp_config_xml", "_RHP_SPEC")),
        (cloudfront_keyvaluestore, ("_stores",)),
        (ec2, ("_ACTION_MAP", "_vpc_endpoints", "_vpce_fields_xml", "_flow_logs", "_parse_tag_specs", "_parse_ip_permissions", "_sg_rule_xml")),
        (waf, ("handle_request",)),
    ):
        for name in names:
            if not hasattr(module, name):
                sys.exit(f"ministack_edge.py: MiniStack does not have {name}")
    keep_certificate_options(acm)
    omit_empty_headers(cloudfront)
    read_values_in_functions(cloudfront, cloudfront_keyvaluestore)
    log_firewalls(waf, responses)
    describe_endpoints(ec2)
    describe_flow_logs(ec2)
    keep_prefix_lists(ec2)


def keep_certificate_options(acm):
    """The options that a certificate is requested with."""
    request = acm._request_certificate

    def request_and_keep(data):
        response = request(data)
        status, _headers, body = response
        if status == 200:
            acm._certificates[json.loads(body)["CertificateArn"]]["Options"] = data.get("Options", {})
        return response

    acm._request_certificate = request_and_keep


def omit_empty_headers(cloudfront):
    """CloudFront returns the parts of a response headers policy that it was created with."""
    build = cloudfront._build_rhp_config_xml

    def build_present(parent, config):
        build(parent, config)
        for name, key in (("CustomHeadersConfig", "CustomHeaders"), ("RemoveHeadersConfig", "RemoveHeaders")):
            if not config.get(key):
                parent.remove(parent.find(name))

    cloudfront._build_rhp_config_xml = build_present
    cloudfront._RHP_SPEC["build_config"] = build_present


def read_values_in_functions(cloudfront, values):
    """A function that imports `cloudfront` gets the values of its store, which the sandbox does not offer."""
    live_code = cloudfront.live_function_code
    module = 'import cf from "cloudfront";'

    def with_values(arn):
        code = live_code(arn)
        text = code.decode() if code is not None else ""
        if module not in text:
            return code
        function = cloudfront._functions.get(arn.rsplit("/", 1)[-1]) or {}
        items = {}
        for store in function.get("kvs_arns", []):
            items.update((values._stores.get(store) or {"items": {}})["items"])
        get = f"const all = {json.dumps(items)}; if (key in all) return all[key]; throw new Error('KeyNotFound');"
        return text.replace(module, f"const cf = {{ kvs: () => ({{ get: async (key) => {{ {get} }} }}) }};").encode()

    cloudfront.live_function_code = with_values


def log_firewalls(waf, responses):
    """The logging configuration of a web ACL, by its ARN."""
    configurations = responses.AccountScopedDict()
    handle = waf.handle_request

    async def with_logging(method, path, headers, body, query_params):
        action = headers.get("x-amz-target", "").split(".")[-1]
        if not action.endswith("LoggingConfiguration"):
            return await handle(method, path, headers, body, query_params)
        data = json.loads(body or b"{}")
        if action == "PutLoggingConfiguration":
            configurations[data["LoggingConfiguration"]["ResourceArn"]] = data["LoggingConfiguration"]
            return responses.json_response(data)
        arn = data["ResourceArn"]
        if arn not in configurations:
            return waf._waf_err("WAFNonexistentItemException", "no logging configuration")
        if action == "DeleteLoggingConfiguration":
            del configurations[arn]
            return responses.json_response({})
        return responses.json_response({"LoggingConfiguration": configurations[arn]})

    waf.handle_request = with_logging


def describe_endpoints(ec2):
    """The policy, the private names and the security groups of an endpoint."""
    create, modify, fields = ec2._ACTION_MAP["CreateVpcEndpoint"], ec2._ACTION_MAP["ModifyVpcEndpoint"], ec2._vpce_fields_xml

    def store(endpoint, parameters):
        groups = ec2._parse_member_list(parameters, "SecurityGroupId") or ec2._parse_member_list(parameters, "AddSecurityGroupId")
        if groups:
            endpoint["Groups"] = groups
        for name in ("PolicyDocument", "PrivateDnsEnabled"):
            if ec2._p(parameters, name):
                endpoint[name] = ec2._p(parameters, name)

    def create_and_store(parameters):
        before = set(ec2._vpc_endpoints)
        create(parameters)
        (created,) = set(ec2._vpc_endpoints) - before
        store(ec2._vpc_endpoints[created], parameters)
        return ec2._xml(200, "CreateVpcEndpointResponse", ec2._vpce_fields_xml(ec2._vpc_endpoints[created], tag="vpcEndpoint"))

    def modify_and_store(parameters):
        endpoint = ec2._vpc_endpoints.get(ec2._p(parameters, "VpcEndpointId"))
        if endpoint is not None:
            store(endpoint, parameters)
        return modify(parameters)

    def all_fields(endpoint, tag="item"):
        groups = "".join(f"<item><groupId>{group}</groupId></item>" for group in endpoint.get("Groups", []))
        more = f"<groupSet>{groups}</groupSet>"
        if "PolicyDocument" in endpoint:
            more += f"<policyDocument>{ec2._esc(endpoint['PolicyDocument'])}</policyDocument>"
        if endpoint["VpcEndpointType"] == "Interface":
            names = endpoint.get("PrivateDnsEnabled", "false").lower()
            more += f"<privateDnsEnabled>{names}</privateDnsEnabled><ipAddressType>ipv4</ipAddressType>"
            more += "<dnsOptions><dnsRecordIpType>ipv4</dnsRecordIpType></dnsOptions>"
        return fields(endpoint, tag).replace("<state>", f"{more}<state>", 1)

    ec2._ACTION_MAP["CreateVpcEndpoint"] = create_and_store
    ec2._ACTION_MAP["ModifyVpcEndpoint"] = modify_and_store
    ec2._vpce_fields_xml = all_fields


def describe_flow_logs(ec2):
    """The role, the interval and the tags of a flow log."""
    create, describe = ec2._ACTION_MAP["CreateFlowLogs"], ec2._ACTION_MAP["DescribeFlowLogs"]

    def create_and_store(parameters):
        before = set(ec2._flow_logs)
        result = create(parameters)
        for created in set(ec2._flow_logs) - before:
            ec2._flow_logs[created]["Role"] = ec2._p(parameters, "DeliverLogsPermissionArn")
            # The name of the resource type in EC2's API, by which MiniStack does not find the tags.
            ec2._parse_tag_specs(parameters, "vpc-flow-log", created)
            ec2._flow_logs[created]["Interval"] = ec2._p(parameters, "MaxAggregationInterval") or "600"
        return result

    def describe_all(parameters):
        status, headers, body = describe(parameters)
        text = body.decode() if isinstance(body, bytes) else body
        for identifier, log in ec2._flow_logs.items():
            found = f"<flowLogId>{identifier}</flowLogId>"
            more = f"<deliverLogsPermissionArn>{log.get('Role', '')}</deliverLogsPermissionArn>"
            more += f"<maxAggregationInterval>{log.get('Interval', '600')}</maxAggregationInterval>"
            text = text.replace(found, found + more)
        return status, headers, text.encode() if isinstance(body, bytes) else text

    ec2._ACTION_MAP["CreateFlowLogs"] = create_and_store
    ec2._ACTION_MAP["DescribeFlowLogs"] = describe_all


def keep_prefix_lists(ec2):
    """The prefix list of a security group's rule."""
    parse, described = ec2._parse_ip_permissions, ec2._sg_rule_xml

    def parse_all(parameters, prefix):
        rules = parse(parameters, prefix)
        for index, rule in enumerate(rules, 1):
            name = ec2._p(parameters, f"{prefix}.{index}.PrefixListIds.1.PrefixListId")
            if name:
                description = ec2._p(parameters, f"{prefix}.{index}.PrefixListIds.1.Description")
                rule["PrefixListIds"] = [{"PrefixListId": name, "Description": description}]
        return rules

    def with_prefix_list(group, rule, is_egress=False):
        xml = described(group, rule, is_egress)
        names = [each["PrefixListId"] for each in rule.get("PrefixListIds", []) if isinstance(each, dict)]
        # Tags are items, too, in the rule's one.
        return xml.removesuffix("</item>") + f"<prefixListId>{names[0]}</prefixListId></item>" if names else xml

    ec2._parse_ip_permissions = parse_all
    ec2._sg_rule_xml = with_prefix_list
