"""EC2: what an instance takes from its launch template.

Fills RunInstances: moto takes no network interface from a template, so that the instance stands in the default network
with the default security group, leaves an image that is named by a parameter unresolved, and gives a second,
unencrypted root disk to an instance whose template describes the first.
"""

from __future__ import annotations

import copy
from typing import Any, Callable, Dict, List, Optional

from moto.ec2.models import EC2Backend
from moto.ssm.models import ssm_backends

from .filler import Filler, wrap

FILLERS = [
    Filler(
        "ec2",
        ("RunInstances",),
        "network interface, image parameter and root disk of an aws_launch_template; moto ignores them",
    ),
]

PARAMETER = "resolve:ssm:"


def install() -> None:
    wrap(EC2Backend, "run_instances", _as_the_template_says)


def _as_the_template_says(original: Callable[..., Any]) -> Callable[..., Any]:
    def run_instances(
        self: Any, image_id: Any, count: int, user_data: Any, security_group_names: Any, **kwargs: Any
    ) -> Any:
        template = kwargs.get("launch_template")
        data = self._get_template_from_args(template).data if template else {}
        image_id = _resolved(self, image_id or data.get("ImageId"))
        interfaces = data.get("NetworkInterfaces")
        if interfaces and not kwargs.get("nics") and not kwargs.get("subnet_id"):
            kwargs["nics"] = copy.deepcopy(interfaces)
        disks = _disks(self, image_id, data.get("BlockDeviceMappings") or [])
        if disks and "block_device_mappings" not in kwargs:
            kwargs["block_device_mappings"] = disks
        return original(self, image_id, count, user_data, security_group_names, **kwargs)

    return run_instances


def _resolved(self: Any, image_id: Optional[str]) -> Optional[str]:
    if image_id is None or not image_id.startswith(PARAMETER):
        return image_id
    parameter = ssm_backends[self.account_id][self.region_name].get_parameter(image_id[len(PARAMETER) :])
    return parameter.value if parameter else image_id


def _disks(self: Any, image_id: Optional[str], mappings: List[Dict[str, Any]]) -> List[Dict[str, Any]]:
    """The template's disks, if the root disk is among them; it goes with the instance unless the template keeps it."""
    images = self.describe_images(filters={"image-id": [image_id]}) if image_id else []
    roots = {image.root_device_name for image in images}
    if not any(mapping.get("DeviceName") in roots for mapping in mappings):
        return []
    disks = copy.deepcopy(mappings)
    for disk in disks:
        if disk.get("DeviceName") in roots:
            disk["Ebs"].setdefault("DeleteOnTermination", True)
    return disks
