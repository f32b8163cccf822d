"""Over the wire: one polite exchange with a host, and what its answers say."""
