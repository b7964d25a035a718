"""What Schemathesis cannot know from a schema."""

import re
import uuid

import schemathesis


@schemathesis.hook
def before_call(context, case, kwargs):
    """A key is for one request: used again for another body it is refused, as it must be."""
    for name, key in list((case.headers or {}).items()):
        if name.lower() == "idempotency-key" and re.fullmatch(r"[\x21-\x7e]{1,200}", str(key)):
            case.headers[name] = f"{key}{uuid.uuid4()}"
