"""Lines as Word draws them, today and before 2007."""

from docx.oxml.ns import nsdecls


def drawn_shape(start: float, length: float) -> str:
    """A line drawn in Word of today, at `start` mm from the left of its column."""
    names = nsdecls("w", "wp", "a")
    wps = 'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    kind = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
    return f"""<w:drawing {names} {wps}><wp:anchor distT="0" distB="0" distL="0" distR="0"
    simplePos="0" relativeHeight="1" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1">
    <wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="column">
    <wp:posOffset>{round(start * 36000)}</wp:posOffset></wp:positionH>
    <wp:positionV relativeFrom="paragraph"><wp:posOffset>200000</wp:posOffset></wp:positionV>
    <wp:extent cx="{round(length * 36000)}" cy="0"/><wp:wrapNone/><wp:docPr id="1" name="Line"/>
    <a:graphic><a:graphicData uri="{kind}"><wps:wsp><wps:cNvCnPr/><wps:spPr><a:xfrm><a:off x="0"
    y="0"/><a:ext cx="{round(length * 36000)}" cy="0"/></a:xfrm><a:prstGeom prst="line"/>
    <a:ln w="9525"><a:prstDash val="solid"/></a:ln></wps:spPr><wps:bodyPr/></wps:wsp>
    </a:graphicData></a:graphic></wp:anchor></w:drawing>"""


def drawn_picture(start: float, length: float) -> str:
    """A line drawn in Word before 2007."""
    left, right = (value / 25.4 * 72 for value in (start, start + length))
    return (
        f'<w:pict {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml">'
        f'<v:line id="L" style="position:absolute;z-index:1" from="{left:.2f}pt,2pt" '
        f'to="{right:.2f}pt,2pt" strokeweight=".75pt"/></w:pict>'
    )
