"""How the team speaks in public: the guide, its checks, drafts."""
