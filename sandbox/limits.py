"""How much Slack accepts: lengths in characters, counts in items.

Sources: the block and element pages of docs.slack.dev/reference/block-kit, unless a line says otherwise.
"""

from typing import Final

BLOCKS_PER_MESSAGE: Final = 50
BLOCKS_PER_VIEW: Final = 100

# Undocumented. Apps were refused with msg_blocks_too_long at 13,172 characters, one already at 11,341 characters of
# text (slackapi/bolt-js issues 2509 and 2867). The lower report counts here, so that what passes here passes there.
MESSAGE_BLOCKS_TEXT: Final = 11_000
# chat.postMessage cuts text after 40,000 characters and refuses far longer ones.
MESSAGE_TEXT: Final = 40_000
VIEW_BYTES: Final = 250_000
# Undocumented: the page of chat.postMessage lists metadata_too_large ("Metadata exceeds size limit") and no number, nor
# does that of message metadata. A guess far above what an app needs to know its own message again.
METADATA_BYTES: Final = 8_000

ACTION_ID: Final = 255
BLOCK_ID: Final = 255
CALLBACK_ID: Final = 255
PRIVATE_METADATA: Final = 3_000
VIEW_TITLE: Final = 24

SECTION_TEXT: Final = 3_000
SECTION_FIELDS: Final = 10
SECTION_FIELD_TEXT: Final = 2_000
HEADER_TEXT: Final = 150
CONTEXT_ELEMENTS: Final = 10
CONTEXT_TEXT: Final = 2_000
ACTIONS_ELEMENTS: Final = 25
CONTEXT_ACTIONS_ELEMENTS: Final = 5
ICON_BUTTON_USERS: Final = 10
ALERT_TEXT: Final = 200
CARD_TITLE: Final = 150
CARD_BODY: Final = 200
CARD_BUTTONS: Final = 3
CAROUSEL_CARDS: Final = 10
CONTAINER_BLOCKS: Final = 10
VIDEO_TITLE: Final = 200
VIDEO_NAME: Final = 50
EMOJI_NAME: Final = 100
# Not documented; far more than fits into a message.
RICH_TEXT: Final = 12_000
RICH_TEXT_PIECES: Final = 1_000
RICH_TEXT_INDENT: Final = 8
# Of all markdown blocks of a message together.
MARKDOWN_TEXT: Final = 12_000

INPUT_LABEL: Final = 2_000
INPUT_HINT: Final = 2_000
INPUT_LENGTH: Final = 3_000
PLACEHOLDER: Final = 150

BUTTON_TEXT: Final = 75
BUTTON_VALUE: Final = 2_000
ACCESSIBILITY_LABEL: Final = 75
URL: Final = 3_000

OPTION_TEXT: Final = 75
OPTION_VALUE: Final = 150
OPTION_DESCRIPTION: Final = 75
OPTIONS_PER_SELECT: Final = 100
OPTION_GROUPS: Final = 100
OPTIONS_PER_OVERFLOW: Final = 5
OPTIONS_PER_CHECKBOXES: Final = 10

CONFIRM_TITLE: Final = 100
CONFIRM_TEXT: Final = 300
CONFIRM_BUTTON: Final = 30

IMAGE_ALT_TEXT: Final = 2_000
IMAGE_TITLE: Final = 2_000

TABLES_PER_MESSAGE: Final = 1
TABLE_ROWS: Final = 100
TABLE_COLUMNS: Final = 20

# The block's page said 101 rows until the summer of 2026; the header is one of them. Text is that of all cells.
DATA_TABLE_ROWS: Final = 201
DATA_TABLE_ROWS_MIN: Final = 2
DATA_TABLE_PAGE: Final = 100
DATA_TABLE_TEXT: Final = 20_000

CHARTS_PER_MESSAGE: Final = 2
CHART_TITLE: Final = 50
CHART_SERIES: Final = 6
CHART_SEGMENTS: Final = 6
CHART_POINTS: Final = 20
CHART_LABEL: Final = 20
CHART_AXIS_LABEL: Final = 50

MODALS_PER_STACK: Final = 3
TRIGGER_SECONDS: Final = 3.0
ACK_SECONDS: Final = 3.0
RESPONSE_URL_USES: Final = 5
RESPONSE_URL_SECONDS: Final = 30 * 60
SOCKETS_PER_APP: Final = 10
SOCKET_URL_SECONDS: Final = 30.0

# conversations.history and conversations.replies, and their limits outside the Marketplace since 29 May 2025.
HISTORY_PAGE: Final = 100
HISTORY_PAGE_MAX: Final = 999
REPLIES_PAGE: Final = 999
HISTORY_PAGE_NON_MARKETPLACE: Final = 15
NON_MARKETPLACE_SECONDS: Final = 60.0
