"""The voice guide of a workspace, the rules of its communities, and who may speak, approve and configure."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from engagement.records.history import Facts
from engagement.voice.draft import Roles
from engagement.voice.guide import CommunityRules, Disclosure, Guide, Promotion, Rule
from storage.database import Row, Tx, assigned
from storage.records.history import write_history
from storage.stamps import dump_list, load_list


def find_guide(tx: Tx, workspace_id: str) -> Guide:
    """Return the voice guide of a workspace with the rules of its communities; an empty one while nobody wrote any."""
    row = tx.one("SELECT * FROM voice_guide WHERE workspace_id = :id", id=workspace_id)
    communities = tuple(
        _community_from(each)
        for each in tx.all("SELECT * FROM voice_community WHERE workspace_id = :id ORDER BY folded", id=workspace_id)
    )
    if row is None:
        return Guide(communities=communities)
    return Guide(
        sounds_like=row["sounds_like"],
        banned=load_list(row["banned"]),
        disclosure=Disclosure(row["disclosure"]),
        disclosing=load_list(row["disclosing"]),
        longest=row["longest"],
        links=row["links"],
        hard=frozenset(map(Rule, load_list(row["hard"]))),
        communities=communities,
        version=row["version"],
    )


def save_guide(tx: Tx, workspace_id: str, guide: Guide, *, by: str, at: datetime) -> bool:
    """Store the guide but for its communities; `guide.version` is what the form was drawn from.

    False, and nothing is changed, where somebody changed it since.
    """
    values: Facts = {
        "sounds_like": guide.sounds_like,
        "banned": dump_list(guide.banned),
        "disclosure": guide.disclosure.value,
        "disclosing": dump_list(guide.disclosing),
        "longest": guide.longest,
        "links": guide.links,
        "hard": dump_list(sorted(guide.hard)),
    }
    key = {"workspace_id": workspace_id}
    return _save(tx, "voice_guide", key, values, drawn=guide.version, act="voice", by=by, at=at)


def save_community(tx: Tx, workspace_id: str, rules: CommunityRules, *, by: str, at: datetime) -> bool:
    """Store the rules of one community; False where somebody changed them since `rules.version`."""
    values: Facts = {
        "community": rules.community,
        "longest": rules.longest,
        "links": rules.links,
        "promotion": rules.promotion.value,
        "wording": rules.wording,
        "approval": int(rules.approval),
        "late_days": rules.late_days,
    }
    key = {"workspace_id": workspace_id, "folded": rules.community.casefold()}
    return _save(tx, "voice_community", key, values, drawn=rules.version, act="community voice", by=by, at=at)


def replace_voice(tx: Tx, workspace_id: str, wanted: Guide, *, at: datetime) -> None:
    """Have a guide from a file stand in place of the one there is; communities that it does not name keep theirs."""
    standing = find_guide(tx, workspace_id)
    save_guide(tx, workspace_id, replace(wanted, version=standing.version), by="", at=at)
    versions = {rules.community.casefold(): rules.version for rules in standing.communities}
    # Named twice, the later one counts.
    for rules in {each.community.casefold(): each for each in wanted.communities}.values():
        version = versions.get(rules.community.casefold(), 0)
        save_community(tx, workspace_id, replace(rules, version=version), by="", at=at)


def find_roles(tx: Tx, workspace_id: str) -> Roles:
    """Return who may do what in a workspace; everybody everything while nobody said otherwise."""
    row = tx.one("SELECT * FROM voice_roles WHERE workspace_id = :id", id=workspace_id)
    if row is None:
        return Roles()
    return Roles(
        speak=load_list(row["speak"]),
        approve=load_list(row["approve"]),
        configure=load_list(row["configure"]),
        approved=frozenset(map(int, load_list(row["approved"]))),
        version=row["version"],
    )


def save_roles(tx: Tx, workspace_id: str, roles: Roles, *, by: str, at: datetime) -> bool:
    """Store who may do what; False where somebody changed it since `roles.version`."""
    values: Facts = {
        "speak": dump_list(roles.speak),
        "approve": dump_list(roles.approve),
        "configure": dump_list(roles.configure),
        "approved": dump_list(map(str, sorted(roles.approved))),
    }
    return _save(
        tx, "voice_roles", {"workspace_id": workspace_id}, values, drawn=roles.version, act="roles", by=by, at=at
    )


def _save(
    tx: Tx, table: str, key: dict[str, str], values: Facts, *, drawn: int, act: str, by: str, at: datetime
) -> bool:
    """Write a row that was read as version `drawn` (0: there was none); False where it is another one by now."""
    columns = [*key, *values]
    named = " AND ".join(f"{column} = :{column}" for column in key)
    before = tx.one(f"SELECT * FROM {table} WHERE {named}", **key)  # noqa: S608 - our own names
    after = tx.one(
        f"""INSERT INTO {table} ({", ".join(columns)}, version)
            VALUES ({", ".join(f":{column}" for column in columns)}, :drawn + 1)
            ON CONFLICT ({", ".join(key)}) DO UPDATE SET {assigned(values)}, version = :drawn + 1
            WHERE {table}.version = :drawn RETURNING version""",  # noqa: S608 - our own names
        drawn=drawn,
        **key,
        **values,
    )
    if after is None:
        return False
    then = _facts(before, values) if before else {}
    if then != _facts(values, values):
        write_history(
            tx,
            workspace_id=key["workspace_id"],
            object_="workspace",
            object_id=0,
            act=act,
            actor=by,
            at=at,
            before=then,
            after=_facts(values, values),
        )
    return True


def _facts(row: Row, columns: Iterable[str]) -> dict[str, object]:
    """Return what the history keeps; a community goes by its name there."""
    facts = {column: row[column] for column in columns}
    return facts | ({"name": facts["community"]} if "community" in facts else {})


def _community_from(row: Row) -> CommunityRules:
    return CommunityRules(
        community=row["community"],
        longest=row["longest"],
        links=row["links"],
        promotion=Promotion(row["promotion"]),
        wording=row["wording"],
        approval=bool(row["approval"]),
        late_days=row["late_days"],
        version=row["version"],
    )
