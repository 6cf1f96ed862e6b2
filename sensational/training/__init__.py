"""Training: from data whose place is given to readable files in ``sensational/resources``; seeded."""
