"""Gakju: cited answers from a team's articles, in Korean and English, with no language model."""
