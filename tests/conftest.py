"""Hypothesis profiles: ``HYPOTHESIS_PROFILE=thorough`` tries twenty times as many examples.

``reliability`` tries at least 2,000 of each property (``tox -e properties``).
"""

import os

from hypothesis import HealthCheck, settings

_ALIKE = {
    "deadline": None,  # the machine may be busy
    "suppress_health_check": [HealthCheck.too_slow, HealthCheck.data_too_large],
}
settings.register_profile("fast", max_examples=30, derandomize=True, database=None, **_ALIKE)
settings.register_profile("thorough", max_examples=600, **_ALIKE)
settings.register_profile("reliability", max_examples=2000, database=None, print_blob=True, **_ALIKE)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fast"))
