"""Running the tools that models call: settings of tools, the events and results of runs, and tools to use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fluent_ai.lazy_names import lazy_names

if TYPE_CHECKING:
    from fluent_ai_toolkit.errors import ExpressionError as ExpressionError
    from fluent_ai_toolkit.errors import FetchFailed as FetchFailed
    from fluent_ai_toolkit.errors import FileRefused as FileRefused
    from fluent_ai_toolkit.errors import MCPFailed as MCPFailed
    from fluent_ai_toolkit.errors import MemoryRefused as MemoryRefused
    from fluent_ai_toolkit.errors import RunLimitReached as RunLimitReached
    from fluent_ai_toolkit.errors import SearchFailed as SearchFailed
    from fluent_ai_toolkit.errors import ToolFailed as ToolFailed
    from fluent_ai_toolkit.tools.arithmetic import calculator as calculator
    from fluent_ai_toolkit.tools.declared import ToolContext as ToolContext
    from fluent_ai_toolkit.tools.declared import tool as tool
    from fluent_ai_toolkit.tools.events import MCPChanged as MCPChanged
    from fluent_ai_toolkit.tools.events import MCPLog as MCPLog
    from fluent_ai_toolkit.tools.events import MCPRestarted as MCPRestarted
    from fluent_ai_toolkit.tools.events import MCPSampled as MCPSampled
    from fluent_ai_toolkit.tools.events import RunEvent as RunEvent
    from fluent_ai_toolkit.tools.events import RunResult as RunResult
    from fluent_ai_toolkit.tools.events import ToolFinished as ToolFinished
    from fluent_ai_toolkit.tools.events import ToolProgress as ToolProgress
    from fluent_ai_toolkit.tools.events import ToolRun as ToolRun
    from fluent_ai_toolkit.tools.events import ToolStarted as ToolStarted
    from fluent_ai_toolkit.tools.files.listing import FileEntry as FileEntry
    from fluent_ai_toolkit.tools.files.toolset import Files as Files
    from fluent_ai_toolkit.tools.files.toolset import Listing as Listing
    from fluent_ai_toolkit.tools.mcp_client.blocking_session import MCPSession as MCPSession
    from fluent_ai_toolkit.tools.mcp_client.elicitation import Elicitation as Elicitation
    from fluent_ai_toolkit.tools.mcp_client.offers import MCPPrompt as MCPPrompt
    from fluent_ai_toolkit.tools.mcp_client.offers import MCPResource as MCPResource
    from fluent_ai_toolkit.tools.mcp_client.opening import mcp as mcp
    from fluent_ai_toolkit.tools.mcp_client.sampling import Sampling as Sampling
    from fluent_ai_toolkit.tools.mcp_client.sampling import SamplingRequest as SamplingRequest
    from fluent_ai_toolkit.tools.mcp_client.server import MCPServer as MCPServer
    from fluent_ai_toolkit.tools.mcp_client.session import AsyncMCPSession as AsyncMCPSession
    from fluent_ai_toolkit.tools.memory.file_commands import MemoryFiles as MemoryFiles
    from fluent_ai_toolkit.tools.memory.store import MemoryEntry as MemoryEntry
    from fluent_ai_toolkit.tools.memory.toolset import Memory as Memory
    from fluent_ai_toolkit.tools.memory.toolset import Recalled as Recalled
    from fluent_ai_toolkit.tools.run import AsyncRun as AsyncRun
    from fluent_ai_toolkit.tools.run import Run as Run
    from fluent_ai_toolkit.tools.toolsets import OpenedToolset as OpenedToolset
    from fluent_ai_toolkit.tools.web.fetching import WebPage as WebPage
    from fluent_ai_toolkit.tools.web.fetching import web_fetch as web_fetch
    from fluent_ai_toolkit.tools.web.search_providers import BraveSearch as BraveSearch
    from fluent_ai_toolkit.tools.web.search_providers import DuckDuckGoSearch as DuckDuckGoSearch
    from fluent_ai_toolkit.tools.web.search_providers import SearchProvider as SearchProvider
    from fluent_ai_toolkit.tools.web.search_providers import SearchResult as SearchResult
    from fluent_ai_toolkit.tools.web.search_providers import TavilySearch as TavilySearch
    from fluent_ai_toolkit.tools.web.searching import web_search as web_search

    from . import hosted as hosted

_WHERE = {
    ".errors": (
        "ExpressionError",
        "FetchFailed",
        "FileRefused",
        "MCPFailed",
        "MemoryRefused",
        "RunLimitReached",
        "SearchFailed",
        "ToolFailed",
    ),
    "arithmetic": ("calculator",),
    "declared": ("ToolContext", "tool"),
    "events": (
        "MCPChanged",
        "MCPLog",
        "MCPRestarted",
        "MCPSampled",
        "RunEvent",
        "RunResult",
        "ToolFinished",
        "ToolProgress",
        "ToolRun",
        "ToolStarted",
    ),
    "files.listing": ("FileEntry",),
    "files.toolset": ("Files", "Listing"),
    "mcp_client.blocking_session": ("MCPSession",),
    "mcp_client.elicitation": ("Elicitation",),
    "mcp_client.offers": ("MCPPrompt", "MCPResource"),
    "mcp_client.opening": ("mcp",),
    "mcp_client.sampling": ("Sampling", "SamplingRequest"),
    "mcp_client.server": ("MCPServer",),
    "mcp_client.session": ("AsyncMCPSession",),
    "memory.file_commands": ("MemoryFiles",),
    "memory.store": ("MemoryEntry",),
    "memory.toolset": ("Memory", "Recalled"),
    "run": ("AsyncRun", "Run"),
    "toolsets": ("OpenedToolset",),
    "web.fetching": ("WebPage", "web_fetch"),
    "web.search_providers": ("BraveSearch", "DuckDuckGoSearch", "SearchProvider", "SearchResult", "TavilySearch"),
    "web.searching": ("web_search",),
}

if not TYPE_CHECKING:
    __all__, __getattr__, __dir__ = lazy_names(__name__, _WHERE, ("hosted",))
