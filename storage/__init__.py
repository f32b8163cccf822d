"""REMEMBER: rows in and out as engagement types.

Every function takes a transaction `tx` first; `await db.transact(lambda tx: ...)` runs one on the writer,
`await db.read(lambda tx: ...)` on a read-only connection. SQL keeps to what SQLite and PostgreSQL share.
"""
