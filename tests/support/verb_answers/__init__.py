"""For each verb but chat: how a test calls it, what servers answer by protocol, and what must come of it.

A module has VERB, ARGUMENTS and OPTIONS of the call, ANSWERS by protocol (what the server says to a request),
`check_result` for the result, and `check_sent` for the requests.
"""
