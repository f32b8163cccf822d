"""The product's words and pictures for kinds, tags, pillars and the topics of the settings."""

from collections.abc import Mapping
from typing import Final

from engagement.records.lookup import Topic
from engagement.understanding.reading import Kind, Mood, Pillar, Tag
from engagement.watch import Delivery, Outcome

KIND_EMOJI: Final[Mapping[Kind, str]] = {
    Kind.QUESTION: "❓",
    Kind.HELP: "🆘",
    Kind.BUG: "🐞",
    Kind.COMPLAINT: "😕",
    Kind.WISH: "💡",
    Kind.PRAISE: "💚",
    Kind.COMPARISON: "⚖️",
    Kind.NEWS: "📰",
    Kind.PROMO: "📣",
    Kind.OTHER: "💬",
}

KIND_NAME: Final[Mapping[Kind, str]] = {
    Kind.QUESTION: "Question",
    Kind.HELP: "Call for help",
    Kind.BUG: "Bug",
    Kind.COMPLAINT: "Complaint",
    Kind.WISH: "Wish",
    Kind.PRAISE: "Praise",
    Kind.COMPARISON: "Comparison",
    Kind.NEWS: "News",
    Kind.PROMO: "Promotion",
    Kind.OTHER: "Mention",
}

# One of it, and many.
KIND_COUNTED: Final[Mapping[Kind, tuple[str, str]]] = {
    Kind.QUESTION: ("question", "questions"),
    Kind.HELP: ("call for help", "calls for help"),
    Kind.BUG: ("bug", "bugs"),
    Kind.COMPLAINT: ("complaint", "complaints"),
    Kind.WISH: ("wish", "wishes"),
    Kind.PRAISE: ("word of praise", "words of praise"),
    Kind.COMPARISON: ("comparison", "comparisons"),
    Kind.NEWS: ("piece of news", "pieces of news"),
    Kind.PROMO: ("promotion", "promotions"),
    Kind.OTHER: ("mention", "mentions"),
}

MOOD_NAME: Final[Mapping[Mood, str]] = {
    Mood.GOOD: "Good",
    Mood.BAD: "Bad",
    Mood.MIXED: "Mixed",
    Mood.UNSURE: "Unsure",
}

TAG_NAME: Final[Mapping[Tag, str]] = {Tag.LISTEN: "Listen", Tag.INTERACT: "Interact", Tag.REACT: "React"}

# What a team may want from listening, and what that means for it.
OUTCOME_NAME: Final[Mapping[Outcome, str]] = {
    Outcome.SUPPORT: "Answer people",
    Outcome.REPUTATION: "Know our reputation",
    Outcome.AWARENESS: "Be aware",
    Outcome.LEADS: "Find people we can help",
}
OUTCOME_MEANING: Final[Mapping[Outcome, str]] = {
    Outcome.SUPPORT: "Nobody who asks us waits in vain",
    Outcome.REPUTATION: "Hear complaints and praise, early",
    Outcome.AWARENESS: "Know who talks about us, and where",
    Outcome.LEADS: "Meet those who look for something like ours",
}

# The five pillars of engagement, in the words of people who never heard of them.
PILLAR_WORDS: Final[Mapping[Pillar, str]] = {
    Pillar.USER_INITIATED: "Started by them",
    Pillar.PROVIDER_INITIATED: "Started by us",
    Pillar.ASSOCIATION: "Links to us",
    Pillar.IDENTITY: "About us",
    Pillar.IN_PERSON: "Met in person",
}

DELIVERY_NAME: Final[Mapping[Delivery, str]] = {
    Delivery.NOW: "At once",
    Delivery.HOURLY: "Once an hour",
    Delivery.DAILY: "Once a day",
}
DELIVERY_MEANING: Final[Mapping[Delivery, str]] = {
    Delivery.NOW: "A card for each conversation",
    Delivery.HOURLY: "One message at the full hour",
    Delivery.DAILY: "One message at the hour of the digest",
}

TOPIC_NAME: Final[Mapping[Topic, str]] = {
    Topic.WATCHES: "Watches",
    Topic.PLACES: "Places",
    Topic.TEAM: "Teammates and names",
    Topic.NOISE: "Noise",
    Topic.DIGEST: "Digest",
    Topic.CALM: "Calm",
    Topic.VOICE: "Voice",
    Topic.ROLES: "Who may do what",
    Topic.LABELS: "Labels",
    Topic.LABELS_HERE: "Labels",
    Topic.THEMES: "Themes",
    Topic.LEARNED: "Learned",
    Topic.UNNAMED: "Not named",
    Topic.SETTINGS: "Everything that was changed in the settings",
}
