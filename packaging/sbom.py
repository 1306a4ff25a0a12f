"""Generates the software bill of materials in CycloneDX format."""

from __future__ import annotations

import platform
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from importlib.metadata import Distribution
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

import app_metadata
import bundled_packages
import install_icons
import third_party_notices
from cyclonedx.factory.license import LicenseFactory
from cyclonedx.model import Property
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from debian_lookup import DebianPackage, package_of
from packageurl import PackageURL
from third_party_notices import AWS_ICONS

from explorer.storage.build_info import read_commit

_LICENSE_FACTORY = LicenseFactory()


def sbom_json(libraries: Mapping[str, str], timestamp: int) -> str:
    """Return the bill of materials as JSON; `timestamp` is the build time, in seconds since 1970.

    `libraries` maps the bundled system libraries to their source paths.
    """
    bom = Bom()
    bom.metadata.timestamp = datetime.fromtimestamp(timestamp, UTC)
    bom.metadata.component = _component(
        app_metadata.NAME, app_metadata.VERSION, app_metadata.LICENSE, kind=ComponentType.APPLICATION
    )
    if commit := read_commit(app_metadata.ROOT):
        bom.metadata.component.properties.add(Property(name="berth:commit", value=commit))
    for component in _components(libraries):
        bom.components.add(component)
        bom.register_dependency(bom.metadata.component, [component])
    parts = sorted(f"{component.name} {component.version}" for component in bom.components)
    bom.serial_number = uuid5(NAMESPACE_URL, "\n".join([app_metadata.release_name(), str(timestamp), *parts]))
    document: str = make_outputter(bom, OutputFormat.JSON, SchemaVersion.V1_6).output_as_string(indent=2)
    return document + "\n"


def _components(libraries: Mapping[str, str]) -> Iterator[Component]:
    yield _component("Python", platform.python_version(), "PSF-2.0", kind=ComponentType.PLATFORM)
    yield _component("Liberation Sans", "2", "OFL-1.1", kind=ComponentType.FILE)
    if AWS_ICONS.is_dir():
        name, _, version = install_icons.PACKAGE.partition("@")
        yield _component("AWS Architecture Icons", version, "CC-BY-ND-2.0", purl=PackageURL("npm", None, name, version))
    for found in bundled_packages.bundled_distributions():
        yield _python_package(found)
        yield from _parts_of(found)
    for name, path in libraries.items():
        yield _system_library(name, package_of(Path(path)))


def _python_package(found: Distribution) -> Component:
    purl = PackageURL("pypi", None, found.name.lower().replace("_", "-"), found.version)
    return _component(found.name, found.version, third_party_notices.license_of(found), purl=purl)


def _parts_of(found: Distribution) -> Iterator[Component]:
    """The libraries inside a wheel; its metadata does not list them."""
    if found.name.lower().startswith("pyside6"):
        yield _component("Qt", found.version, "LGPL-3.0-only", purl=PackageURL("generic", None, "qt", found.version))
        libraries = [path.name for path in found.files or () if path.name.startswith("libicudata.so.")]
        for name in libraries:
            version = name.removeprefix("libicudata.so.")
            yield _component("ICU", version, "Unicode-3.0", purl=PackageURL("generic", None, "icu", version))
    if found.name.lower() == "lxml":
        from lxml import etree  # noqa: PLC0415 (only in the build environment)

        for name, numbers in (("libxml2", etree.LIBXML_VERSION), ("libxslt", etree.LIBXSLT_VERSION)):
            version = ".".join(map(str, numbers))
            yield _component(name, version, "MIT", purl=PackageURL("generic", None, name, version))


def _system_library(name: str, package: DebianPackage | None) -> Component:
    if package is None:
        return _component(name, None, None)
    purl = PackageURL("deb", "debian", package.name, package.version)
    return _component(name, package.version, None, purl=purl)


def _component(
    name: str,
    version: str | None,
    license_name: str | None,
    *,
    kind: ComponentType = ComponentType.LIBRARY,
    purl: PackageURL | None = None,
) -> Component:
    reference = f"{name} {purl or version or 'of the system'}"
    return Component(
        name=name,
        version=version,
        type=kind,
        bom_ref=reference,
        purl=purl,
        licenses=[_LICENSE_FACTORY.make_from_string(license_name)] if license_name else [],
    )
