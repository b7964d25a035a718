"""Python imports this module when the emulator starts, since PYTHONPATH is set to this folder."""

import atexit
import glob
import importlib.util
import json
import os
import shutil
import signal
import sys
import tempfile
import threading
import time


def end_with_parent(parent):
    """Sends SIGTERM to the emulator, which saves its state, when its parent process has ended."""

    def watch():
        while os.getppid() == parent:
            time.sleep(0.5)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True).start()


def remove_function_code():
    """Removes the code of function processes, which the emulator leaves in TMPDIR."""
    for folder in glob.glob(os.path.join(tempfile.gettempdir(), "ministack-lambda-*")):
        shutil.rmtree(folder, ignore_errors=True)


def log_load_errors():
    """
    Writes the error of a function that does not load, with its stack, to the function's log, as AWS does. MiniStack
    1.5.33 keeps only its message, in the emulator's own log.
    """
    from ministack.core import lambda_runtime

    message_only = 'status: "error", error: e.message\n'
    script = lambda_runtime._NODEJS_WORKER_SCRIPT
    if script.count(message_only) != 1:
        sys.exit("sitecustomize.py: MiniStack does not report load errors as expected")
    with_stack = 'status: "error", error: String((e && e.stack) || e)\n'
    lambda_runtime._NODEJS_WORKER_SCRIPT = script.replace(message_only, with_stack)
    invoke = lambda_runtime.Worker.invoke

    def invoke_and_log(self, *parameters, **options):
        try:
            return invoke(self, *parameters, **options)
        except RuntimeError as error:
            printed = self._drain_stderr_bounded()
            lambda_runtime.kill_workers([self])
            stack = str(error).removeprefix("Worker init failed: ")
            line = {"level": "ERROR", "message": "The function did not load.", "error": {"stack": stack}}
            log = "\n".join(filter(None, [printed, json.dumps(line)]))
            return {"status": "error", "error": stack, "log": log, "trace": ""}

    lambda_runtime.Worker.invoke = invoke_and_log


# Removed from the environment, which the functions inherit.
parent = int(os.environ.pop("LOCAL_CLOUD_PARENT", "0"))
if parent == os.getppid():
    end_with_parent(parent)
    atexit.register(remove_function_code)

if importlib.util.find_spec("ministack") is not None:
    from ministack_alarms import complete_alarms
    from ministack_edge import complete_edge

    log_load_errors()
    complete_alarms()
    complete_edge()

if importlib.util.find_spec("hypercorn") is not None:
    # The emulator's HTTP server writes a response's head and body separately. When they arrive separately, Terraform's S3
    # backend treats DynamoDB's response as damaged and requests the lock again that it has just acquired, which fails.
    # Seen about once in eighty plans, with MiniStack 1.5.33 and Terraform 1.11.4. So they are sent together.
    from hypercorn.asyncio.tcp_server import TCPServer
    from hypercorn.events import RawData

    send = TCPServer.protocol_send

    async def send_head_with_body(self, event):
        head = getattr(self, "_head", b"")
        self._head = b""
        if not isinstance(event, RawData):
            if head:
                await send(self, RawData(data=head))
            await send(self, event)
            return
        is_head = event.data.startswith(b"HTTP/1.1 ") and not event.data.startswith(b"HTTP/1.1 1")
        if is_head and event.data.endswith(b"\r\n\r\n"):
            self._head = head + event.data
            return
        await send(self, RawData(data=head + event.data))

    TCPServer.protocol_send = send_head_with_body
