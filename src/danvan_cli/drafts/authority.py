"""The lines of authority that a leader typed above his position, told from the position."""

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from danvan_cli.check.elements.signing import begins_with_authority
from danvan_cli.drafts.passages import Printed
from danvan_cli.drafts.reading import Block, frame_digest

_AUTHORITY = "signatory.authority"
_POSITION = "signatory.position"


def with_authority(
    document: Iterable[Block], frame: set[str], passages: Sequence[Printed]
) -> Iterator[Block]:
    """The blocks, 'TM. …' and 'KT. …' above the position or in its control as the authority.

    Without it, who signs 'KT. CHỦ TỊCH' would be taken for a chairman's deputy in his own right
    (NĐ 30/2020, PL I, I.II.7b). `frame`: the digests of what the document had outside passages.
    """
    names = {passage.path: passage.name for passage in passages}
    position, authority = names[_POSITION], names[_AUTHORITY]
    above: list[Block] = []
    for block in document:
        is_new = block.name is None and block.text and frame_digest(block.text) not in frame
        if is_new or block.name == authority:
            above.append(block)
            continue
        if block.name == position:
            yield from _named(above, authority)
            yield from _split(block, authority)
        else:
            yield from above
            yield block
        above = []
    yield from above


def _named(above: Sequence[Block], authority: str) -> Iterator[Block]:
    """From the first line on that begins with an abbreviation, all is the authority."""
    begun = False
    for block in above:
        begun = begun or block.name == authority or begins_with_authority(block.text)
        yield replace(block, name=authority) if begun else block


def _split(position: Block, authority: str) -> Iterator[Block]:
    """A position's lines up to the last one that begins with an abbreviation are the authority."""
    lines = position.text.split("\n")
    marked = [place for place, line in enumerate(lines, 1) if begins_with_authority(line)]
    last = max(marked, default=0)
    yield from (replace(position, text=line, name=authority) for line in lines[:last])
    if last < len(lines):
        yield replace(position, text="\n".join(lines[last:]))
