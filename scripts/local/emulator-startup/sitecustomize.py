"""Sends an answer's head together with the beginning of its body.

The emulator's HTTP server writes them one after the other. When they arrive one after the other as well, Terraform's
S3 backend takes DynamoDB's answer for damaged, and asks again for the lock that it has just got: the state is locked
against the one who locked it. Seen about once in eighty plans, on MiniStack 1.5.33 and Terraform 1.11.4.

Python runs this file when it starts, since the emulator is started with PYTHONPATH set to this folder.
"""

import importlib.util

if importlib.util.find_spec("hypercorn") is not None:
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
