"""What every test may ask for."""

import pytest


@pytest.fixture
def anyio_backend() -> str:
    """Bolt, aiohttp and we run on asyncio only."""
    return "asyncio"
