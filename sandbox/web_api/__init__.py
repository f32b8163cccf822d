"""The Web API's methods by family, and the one door through which every call comes in."""
