"""ACM: a certificate keeps the key algorithm it was requested with.

Fills RequestCertificate and DescribeCertificate. moto answers RSA_2048 for every certificate, so that one requested
with another key is replaced in every plan. Certificates are issued at once because MOTO_ACM_VALIDATION_WAIT is 0.
"""

from __future__ import annotations

import json
from typing import Any, Callable

from moto.acm.models import CertBundle
from moto.acm.responses import AWSCertificateManagerResponse

from .filler import Filler, wrap

FILLERS = [
    Filler(
        "acm",
        ("RequestCertificate", "DescribeCertificate"),
        "aws_acm_certificate.key_algorithm; moto answers RSA_2048 always, a replacement in every plan",
    ),
]


def install() -> None:
    wrap(AWSCertificateManagerResponse, "request_certificate", _remembering_algorithm)
    wrap(CertBundle, "describe", _with_algorithm)


def _remembering_algorithm(original: Callable[..., Any]) -> Callable[..., Any]:
    def request_certificate(self: Any) -> Any:
        answer = original(self)
        algorithm = self._get_param("KeyAlgorithm")
        if algorithm and isinstance(answer, str):
            arn = json.loads(answer)["CertificateArn"]
            self.acm_backend.get_certificate(arn).groundplan_key_algorithm = algorithm
        return answer

    return request_certificate


def _with_algorithm(original: Callable[..., Any]) -> Callable[..., Any]:
    def describe(self: Any) -> Any:
        answer = original(self)
        algorithm = getattr(self, "groundplan_key_algorithm", None)
        if algorithm:
            answer["Certificate"]["KeyAlgorithm"] = algorithm
        return answer

    return describe
