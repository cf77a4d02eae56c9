"""The transports over libcurl (pycurl): HTTP/1.1, 2 and 3, of which 2 and 3 carry many streams on one connection.

`exchange` is one request with its answer, `options` what libcurl is told of it, `failures` what its errors mean here.
`looped` runs libcurl in an event loop, `blocking` in the thread that waits.
"""
