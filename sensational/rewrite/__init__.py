"""The headline with what its body does not bear out removed, softened or attributed."""

from sensational.fitting import Change, Fitting
from sensational.rewrite.choose import MOST_DIVERGENCE, fitting_headline, fitting_of

__all__ = ["MOST_DIVERGENCE", "Change", "Fitting", "fitting_headline", "fitting_of"]
