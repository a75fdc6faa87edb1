"""Takes a document apart into the elements of the decree."""

from collections.abc import Sequence

from danvan_cli.check.elements import appendix, body, head, signing
from danvan_cli.check.elements.elements import Elements, commonest_size, found_in
from danvan_cli.check.reading.lines import Paragraph


def elements(paragraphs: list[Paragraph]) -> Elements:
    """Finds elements by their text and position, not by their formatting."""
    top = head.find(paragraphs)
    appendices_at = _appendices_at(paragraphs, top.end)
    main = paragraphs[: appendices_at[0]] if appendices_at else paragraphs
    bottom = signing.find(main, min(top.end, len(main)))
    text = main[top.end : bottom.start]
    bases, end = body.legal_bases(text, top.kind)
    parts = body.parts(text[end:])
    return Elements(
        paragraphs=paragraphs,
        main=main,
        kind=top.kind,
        single={**top.single, **bottom.single},
        legal_bases=bases,
        body=parts,
        body_found=found_in(parts),
        body_size=commonest_size(parts),
        appendices=appendix.find(paragraphs, appendices_at),
    )


def _appendices_at(paragraphs: Sequence[Paragraph], after: int) -> list[int]:
    """Labels below the signature; all of them where there is none."""
    places = [place for place in appendix.starts(paragraphs) if place >= after]
    signed = signing.recipients_at(paragraphs, after)
    below = [place for place in places if signed is None or place > signed]
    return below or places
