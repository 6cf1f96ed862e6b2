"""A headline that the body bears out, made of the two texts' own words."""

from sensational.fitting import Change, Fitting
from sensational.rewrite.choose import MOST_DIVERGENCE, fitting_headline, fitting_of

__all__ = ["MOST_DIVERGENCE", "Change", "Fitting", "fitting_headline", "fitting_of"]
