"""Writes that share a transaction: what waits for the writer at the same moment is written in one go."""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import field
from typing import Any, TypeVar

from engagement.dataclass import dataclass
from storage.database import Database, Tx

T = TypeVar("T")

# The weight of a transaction that writes next to nothing.
LEAST_WEIGHT = 10
# Of the loop, before a transaction begins. An answer that is here already is read in the first, becomes a wish in the
# second, and others come meanwhile: where most answers are unchanged (304) a poll takes a quarter fewer transactions.
TURNS = 3


@dataclass(frozen=True, slots=True, eq=False)
class _Wish:
    fn: Callable[[Tx], Any]
    weight: int
    done: asyncio.Future[Any]


@dataclass(slots=True, kw_only=True)
class SharedWrites:
    """Runs functions that may share a transaction: a commit costs as much as what a poll has to write.

    Nobody waits for others that are yet to come: what finds the writer free is written as soon as the loop has seen to
    what is there already, in a few turns. Those who come meanwhile are written together, as many as weigh `heaviest` in
    all, since somebody's click may wait for them. If one fails, all are rolled back and each is run by itself, so it
    costs the others nothing. Let a function touch only `tx`: it may run again.
    """

    db: Database
    heaviest: int
    _wishes: deque[_Wish] = field(default_factory=deque, init=False)
    _writing: asyncio.Task[None] | None = field(default=None, init=False)

    async def transact(self, fn: Callable[[Tx], T], *, weight: int) -> T:
        """Run `fn(tx)` in a write transaction, maybe not alone; `weight` is how many posts it writes, about."""
        loop = asyncio.get_running_loop()
        done: asyncio.Future[T] = loop.create_future()
        self._wishes.append(_Wish(fn, max(weight, LEAST_WEIGHT), done))
        if self._writing is None or self._writing.done():
            self._writing = loop.create_task(self._write_all())
        try:
            return await done
        finally:
            # An error would keep itself, and with it all that its callers hold, until somebody looks for garbage.
            del done

    async def _write_all(self) -> None:
        group: Sequence[_Wish] = ()
        try:
            while self._wishes:
                await self._let_others_come()
                group = self._next_group()
                if not await self._is_written(group):
                    for wish in group:
                        await self._write_alone(wish)
        finally:
            # Broken off, or worse: nobody is left waiting for what will never come.
            for wish in (*group, *self._wishes):
                wish.done.cancel()
            self._wishes.clear()

    async def _let_others_come(self) -> None:
        if self.db.shares_transactions:
            for _ in range(TURNS):
                await asyncio.sleep(0)

    def _next_group(self) -> list[_Wish]:
        group = [self._wishes.popleft()]
        weight = group[0].weight
        while self.db.shares_transactions and self._wishes and weight + self._wishes[0].weight <= self.heaviest:
            group.append(self._wishes.popleft())
            weight += group[-1].weight
        # Who was broken off meanwhile wants nothing any more.
        return [wish for wish in group if not wish.done.done()]

    async def _is_written(self, group: Sequence[_Wish]) -> bool:
        """Try to write all in one transaction; False where nothing was written."""
        if len(group) < 2:  # noqa: PLR2004 - alone
            return False
        try:
            results = await self.db.transact(lambda tx: [wish.fn(tx) for wish in group])
        except Exception:  # noqa: BLE001 - whatever it is, whose it is shows when each runs alone
            return False
        for wish, result in zip(group, results, strict=True):
            if not wish.done.done():
                wish.done.set_result(result)
        return True

    async def _write_alone(self, wish: _Wish) -> None:
        try:
            result = await self.db.transact(wish.fn)
        except Exception as error:  # noqa: BLE001 - raised where it was wished for
            if not wish.done.done():
                wish.done.set_exception(error)
        else:
            if not wish.done.done():
                wish.done.set_result(result)
        finally:
            # As in `transact`.
            del wish
