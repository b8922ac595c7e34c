"""The PIN that lets staff leave the kiosk: kept as a salted hash, tried a few times at most, whoever pulls the plug."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from math import ceil

from kyphoviz.ui.kiosk.misses import Misses

SCHEME = "scrypt"
COST, BLOCK_SIZE, LANES = 2**16, 8, 1  # 64 MiB and some 0.2 s a try: dear for who guesses, not for who knows
LARGEST_COST, LARGEST_BLOCK, MOST_LANES = 2**17, 16, 4  # what a hash from elsewhere may ask of this machine
SALT_BYTES, HASH_BYTES = 16, 32
SHORTEST_PIN, LONGEST_PIN = 6, 12
TRIES = 3
FIRST_WAIT_S, LONGEST_WAIT_S = 30.0, 60.0  # longer would lock out staff, whom a visitor's misses keep waiting too

BAD_PIN = f"a PIN has {SHORTEST_PIN} to {LONGEST_PIN} digits and nothing else"
BAD_HASH = "is not a hash that 'kyphoviz kiosk-pin' has printed; the digits themselves do not belong there"


@dataclass(frozen=True, slots=True)
class PinHash:
    """What is kept of a PIN: `scrypt$cost$block$lanes$salt$hash`, salt and hash in hexadecimal."""

    cost: int
    block_size: int
    lanes: int
    salt: bytes
    digest: bytes

    def __str__(self) -> str:
        numbers = f"{self.cost}${self.block_size}${self.lanes}"
        return f"{SCHEME}${numbers}${self.salt.hex()}${self.digest.hex()}"

    def fits(self, pin: str) -> bool:
        """Whether it is that PIN; takes as long for a near miss as for a far one."""
        return hmac.compare_digest(_derived(pin, self.salt, self.cost, self.block_size, self.lanes), self.digest)


def hash_pin(pin: str, salt: bytes | None = None) -> PinHash:
    """The hash of a PIN, with a salt of its own.

    Raises:
        ValueError: it is too short, too long or has other signs than digits.
    """
    if not (pin.isascii() and pin.isdigit() and SHORTEST_PIN <= len(pin) <= LONGEST_PIN):
        raise ValueError(BAD_PIN)
    salt = secrets.token_bytes(SALT_BYTES) if salt is None else salt
    return PinHash(COST, BLOCK_SIZE, LANES, salt, _derived(pin, salt, COST, BLOCK_SIZE, LANES))


def read_hash(written: str) -> PinHash:
    """The hash as it stands in a settings file.

    Raises:
        ValueError: it is none, or it would take more of the machine than a kiosk has to give.
    """
    try:
        scheme, cost, block, lanes, salt, digest = written.strip().split("$")
        found = PinHash(int(cost), int(block), int(lanes), bytes.fromhex(salt), bytes.fromhex(digest))
    except ValueError as error:
        raise ValueError(BAD_HASH) from error
    is_power = found.cost > 1 and found.cost & (found.cost - 1) == 0
    is_modest = found.cost <= LARGEST_COST and 1 <= found.block_size <= LARGEST_BLOCK and 1 <= found.lanes <= MOST_LANES
    if scheme != SCHEME or not (is_power and is_modest) or len(found.salt) < 8 or len(found.digest) != HASH_BYTES:
        raise ValueError(BAD_HASH)
    return found


class PinLock:
    """Lets a PIN be tried three times, then makes the next three wait half a minute, and a minute from then on.

    It owns no clock: times are handed in, in seconds that only grow. A miss is noted before the PIN is looked at, and
    a lock that finds three of them noted begins with the wait: whoever restarts the machine gains nothing by it.
    """

    def __init__(self, pin: PinHash, misses: Misses, now: float) -> None:
        """Args: pin: what opens it; misses: those of before, and where the next are noted."""
        self._pin, self._noted = pin, misses
        self._misses = misses.count()
        self._free_at: float | None = None  # a time, once it has had to wait
        self._rest(now)

    def wait_s(self, now: float) -> int:
        """Seconds until the next try counts; 0 when it does."""
        return 0 if self._free_at is None else max(0, ceil(self._free_at - now))

    def opens(self, pin: str, now: float) -> bool:
        """Whether that is the PIN; while it waits, nothing is."""
        if self.wait_s(now):
            return False
        self._count(self._misses + 1)
        if self._pin.fits(pin):
            self._count(0)
            return True
        self._rest(now)
        return False

    def _count(self, misses: int) -> None:
        self._misses = misses
        self._noted.note(misses)

    def _rest(self, now: float) -> None:
        if self._misses and self._misses % TRIES == 0:
            self._free_at = now + (FIRST_WAIT_S if self._misses == TRIES else LONGEST_WAIT_S)


def _derived(pin: str, salt: bytes, cost: int, block_size: int, lanes: int) -> bytes:
    needed = 128 * block_size * (cost + lanes + 2)
    return hashlib.scrypt(pin.encode(), salt=salt, n=cost, r=block_size, p=lanes, maxmem=2 * needed, dklen=HASH_BYTES)
