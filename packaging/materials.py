"""The bill of materials: every part with its version, licence and origin, as CycloneDX."""

from __future__ import annotations

import platform
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from importlib.metadata import Distribution
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

import distributions
import identity
import notices
import take_icons
from cyclonedx.factory.license import LicenseFactory
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from debian_origin import Origin, origin_of
from notices import ICONS
from packageurl import PackageURL

_LICENCES = LicenseFactory()


def text(libraries: Mapping[str, str], moment: int) -> str:
    """The bill as JSON; `moment`, in seconds since 1970, is when the parts were put together.

    `libraries` are those of the system that come along, by name, with where they were.
    """
    bom = Bom()
    bom.metadata.timestamp = datetime.fromtimestamp(moment, UTC)
    bom.metadata.component = _part(identity.NAME, identity.VERSION, identity.LICENCE, kind=ComponentType.APPLICATION)
    for component in _components(libraries):
        bom.components.add(component)
        bom.register_dependency(bom.metadata.component, [component])
    parts = sorted(f"{component.name} {component.version}" for component in bom.components)
    bom.serial_number = uuid5(NAMESPACE_URL, "\n".join([identity.release(), str(moment), *parts]))
    told: str = make_outputter(bom, OutputFormat.JSON, SchemaVersion.V1_6).output_as_string(indent=2)
    return told + "\n"


def _components(libraries: Mapping[str, str]) -> Iterator[Component]:
    yield _part("Python", platform.python_version(), "PSF-2.0", kind=ComponentType.PLATFORM)
    yield _part("Liberation Sans", "2", "OFL-1.1", kind=ComponentType.FILE)
    if ICONS.is_dir():
        name, _, version = take_icons.PACKAGE.partition("@")
        yield _part("AWS Architecture Icons", version, "CC-BY-ND-2.0", origin=PackageURL("npm", None, name, version))
    for found in distributions.carried():
        yield _of(found)
    for name, place in libraries.items():
        yield _of_system(name, origin_of(Path(place)))


def _of(found: Distribution) -> Component:
    origin = PackageURL("pypi", None, found.name.lower().replace("_", "-"), found.version)
    return _part(found.name, found.version, notices.licence(found), origin=origin)


def _of_system(name: str, origin: Origin | None) -> Component:
    if origin is None:
        return _part(name, None, None)
    package = PackageURL("deb", "debian", origin.package, origin.version)
    return _part(name, origin.version, None, origin=package)


def _part(
    name: str,
    version: str | None,
    licence: str | None,
    *,
    kind: ComponentType = ComponentType.LIBRARY,
    origin: PackageURL | None = None,
) -> Component:
    reference = f"{name} {origin or version or 'of the system'}"
    return Component(
        name=name,
        version=version,
        type=kind,
        bom_ref=reference,
        purl=origin,
        licenses=[_LICENCES.make_from_string(licence)] if licence else [],
    )
