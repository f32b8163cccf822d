"""What a post says of us, or by us: the rules in which our names, handles and site stand."""
