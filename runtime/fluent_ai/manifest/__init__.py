"""Manifests of providers: their fields, their checks, and where they are loaded from."""

from fluent_ai.manifest.files import convert_manifest as convert_manifest
from fluent_ai.manifest.files import load_manifests as load_manifests
from fluent_ai.manifest.files import parse_manifest as parse_manifest
from fluent_ai.manifest.schema import Auth as Auth
from fluent_ai.manifest.schema import ListCall as ListCall
from fluent_ai.manifest.schema import Manifest as Manifest
from fluent_ai.manifest.schema import Media as Media
from fluent_ai.manifest.schema import ModelList as ModelList
from fluent_ai.manifest.schema import Quirks as Quirks
from fluent_ai.manifest.schema import Route as Route
from fluent_ai.manifest.schema import Timeout as Timeout
from fluent_ai.manifest.schema import Variable as Variable
