"""Feeds from the wild, and the shapes of communities: they are not ours to publish, so they live elsewhere."""

import os
from pathlib import Path

import pytest
from builders import ROOT

CORPUS = Path(os.environ.get("FEED_CORPUS", ROOT / "../shared/corpus"))

needs_corpus = pytest.mark.skipif(not CORPUS.is_dir(), reason="no feeds from the wild: set FEED_CORPUS")
