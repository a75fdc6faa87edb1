"""Reading YAML strictly: what comes out of good text, and what is said of bad text, and where."""

import re
import unicodedata

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from danvan_cli.files import decoding, yaml_reading
from danvan_cli.files.decoding import TextPosition
from danvan_cli.files.yaml_reading import Unread
from danvan_cli.problems import MAX_PROBLEMS


def data(text: str):
    read = yaml_reading.read(text.encode())
    assert read.problems == []
    return read.data


def problems(text: str | bytes) -> list[tuple[str, int | None, int | None]]:
    content = text.encode() if isinstance(text, str) else text
    return [(each.code, each.line, each.column) for each in yaml_reading.read(content).problems]


def message(text: str) -> str:
    (problem,) = yaml_reading.read(text.encode()).problems
    return f"{problem.message} | {problem.hint}"


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("4.10", "4.10"),
        ("'4.10'", "4.10"),
        ("1e3", "1e3"),
        (".5", ".5"),
        ("yes", "yes"),
        ("on", "on"),
        ("No", "No"),
        ("True", "True"),
        ("1:30", "1:30"),
        ("2026-05-29", "2026-05-29"),
        ("29/5/2026", "29/5/2026"),
        ("0x1F", "0x1F"),
        ("0o17", "0o17"),
        ("1_000", "1_000"),
        ("+3", "+3"),
        ("~", "~"),
        ("1.234", "1.234"),
        ("100%", "100%"),
        ("a#b", "a#b"),
        ("1234567890123456", "1234567890123456"),
        ("'3'", "3"),
        ('"true"', "true"),
    ],
)
def test_what_is_no_plain_number_or_constant_stays_text(written, value):
    assert data(f"a: {written}\n") == {"a": value}


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("3", 3),
        ("03", 3),
        ("08", 8),
        ("-7", -7),
        ("0", 0),
        ("123456789012345", 123456789012345),
        ("true", True),
        ("false", False),
    ],
)
def test_integers_and_true_and_false_are_themselves(written, value):
    found = data(f"a: {written}\n")["a"]
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize("nothing", ["", " null", " # ghi chú"])
def test_a_field_without_a_value_holds_nothing(nothing):
    assert data(f"a:{nothing}\nb: 1\n") == {"a": None, "b": 1}


def test_field_names_are_always_text():
    assert data("1.1: a\n4.10: b\n2026: c\ntrue: d\n") == {
        "1.1": "a",
        "4.10": "b",
        "2026": "c",
        "true": "d",
    }


def test_prose_keeps_its_line_breaks_but_for_the_last():
    assert data("a: |\n  Một.\n  Hai.\nb: >-\n  dài\n  hơn\n") == {
        "a": "Một.\nHai.",
        "b": "dài hơn",
    }


def test_text_becomes_composed_unicode_in_fields_and_values_and_escapes():
    decomposed = unicodedata.normalize("NFD", "Đề xuất")
    read = yaml_reading.read(f'{decomposed}: {decomposed}\nb: "e\\u0301"\n'.encode())
    assert read.data == {"Đề xuất": "Đề xuất", "b": "é"}
    assert "Đề xuất" in read.text


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf", b"\xef\xbb\xbf" * 2])
def test_windows_and_mac_line_ends_and_a_byte_order_mark_change_nothing(line_end, start):
    text = "a: |\n  Một.\n  Hai.\nb: {c: 1, c: 2}\n".replace("\n", line_end)
    read = yaml_reading.read(start + text.encode())
    assert read.data == {"a": "Một.\nHai.", "b": {"c": 1}}
    assert [(each.code, each.line, each.column) for each in read.problems] == [("F106", 4, 11)]


def test_emoji_and_rare_letters_are_text_like_any_other():
    assert data('a: 👩‍🌾 𠀋 "x"\n') == {"a": '👩‍🌾 𠀋 "x"'}


def test_of_a_doubled_field_the_first_is_kept_and_every_other_told_at_its_name():
    read = yaml_reading.read(b"a: 1\nb: {c: 1, c: 2}\na: {d: 1, d: 1}\nl:\n  - {e: 1, e: 2}\n")
    assert read.data == {"a": 1, "b": {"c": 1}, "l": [{"e": 1}]}
    assert [(each.code, each.path, each.line, each.column) for each in read.problems] == [
        ("F106", ("b", "c"), 2, 11),
        ("F106", ("a",), 3, 1),
        ("F106", ("d",), 3, 11),
        ("F106", ("l", 0, "e"), 5, 12),
    ]


def test_what_is_refused_leaves_a_gap_and_the_rest_is_read():
    read = yaml_reading.read(b"a: *b\nc: !d e\nf: &g h\ni: 1\n")
    assert isinstance(read.data["a"], Unread)
    assert isinstance(read.data["c"], Unread)
    assert (read.data["f"], read.data["i"]) == ("h", 1)
    assert [(each.code, each.line, each.column) for each in read.problems] == [
        ("F107", 1, 4),
        ("F108", 2, 4),
        ("F107", 3, 4),
    ]
    assert read.complete


def test_a_bomb_of_aliases_is_refused_where_it_begins():
    bomb = "a: &a [x, x]\n" + "".join(
        f"{name}: &{name} [*{before}, *{before}]\n"
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert {code for code, _, _ in problems(bomb)} == {"F107"}


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("a: 1\n---\nb: 2\n", 2, 1),
        ("---\na: 1\n--- # hết\nb: 2\n", 3, 1),
        ("a: |\n  x\n---\n", 3, 1),
    ],
)
def test_a_second_document_is_told_at_its_dashes(text, line, column):
    assert problems(text) == [("F109", line, column)]


@pytest.mark.parametrize("text", ["", "\n\n", "# ghi chú\n", "---\n", "null\n", "\ufeff"])
def test_an_empty_file_is_told_to_be_empty(text):
    assert problems(text) == [("F110", 1, 1)]


@pytest.mark.parametrize("text", ["- a\n", "chỉ có chữ\n", "3\n", "[a, b]\n"])
def test_a_file_must_consist_of_fields(text):
    read = yaml_reading.read(text.encode())
    assert [each.code for each in read.problems] == ["F111"]
    assert isinstance(read.data, Unread)


def test_a_list_or_group_is_no_field_name():
    assert problems("a: 1\n[b, c]: 2\n") == [("F117", 2, 1)]
    assert problems("a: {{ten}}\n") == [("F117", 1, 5)]


def test_a_field_name_has_no_anchor_and_no_tag():
    assert problems("&a b: 1\n!c d: 2\n") == [("F107", 1, 1), ("F108", 2, 1)]


def test_twenty_levels_are_read_and_the_next_is_not():
    def nested(levels: int) -> str:
        return "a: " + "[" * (levels - 1) + "]" * (levels - 1) + "\n"

    assert problems(nested(20)) == []
    assert problems(nested(21)) == [("F104", 1, 23)]
    # libyaml 0.2.6 stops at its own 1,000 levels before the builder hears of the first.
    assert [code for code, *_ in problems("[" * 100_000)] == ["F104"]
    assert [code for code, *_ in problems("{a: " * 100_000)] == ["F104"]
    assert problems("".join(f"{'  ' * level}a:\n" for level in range(30)))[0][0] == "F104"


def test_depth_counts_in_what_is_skipped_too():
    assert problems("a: 1\na: " + "[" * 100)[-1][0] == "F104"


def test_a_file_of_one_mebibyte_is_read_and_one_byte_more_is_not():
    text = b"a: " + b"x" * (decoding.MAX_BYTES - 4) + b"\n"
    assert problems(text) == []
    assert problems(text + b"\n") == [("F103", None, None)]


@pytest.mark.parametrize(
    ("content", "line", "column"),
    [
        ("a: 1\nb: Việt\n".encode("utf-16"), 1, 1),
        ("a: 1\n".encode("utf-16-le"), 1, 1),
        ("a: 1\n".encode("utf-16-be"), 1, 1),
        (b"a: 1\nb: Vi\xea\xf2t\n", 2, 6),
        (b"\xef\xbb\xbfab\xff", 1, 3),
    ],
)
def test_what_is_not_utf8_is_told_with_the_place(content, line, column):
    read = yaml_reading.read(content)
    assert [(each.code, each.line, each.column) for each in read.problems] == [
        ("F102", line, column)
    ]
    assert not read.complete


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("\0", "U+0000"),
        ("\x0b", "dấu ngắt dòng của Word"),
        ("\x0c", "dấu ngắt trang"),
        ("\x1b", "U+001B"),
        ("\x7f", "U+007F"),
        ("\x85", "U+0085"),
        ("\u2028", "U+2028"),
        ("\u2029", "U+2029"),
        ("\ufeff", "BOM"),
        ("\ufffe", "U+FFFE"),
    ],
)
def test_what_xml_cannot_hold_is_told_once_and_the_rest_is_read(character, name):
    read = yaml_reading.read(f"a: 1\nb: một{character}hai{character}\n".encode())
    (problem,) = read.problems
    assert (problem.code, problem.line, problem.column) == ("F112", 2, 7)
    assert name in problem.message
    assert "2 chỗ" in problem.message
    assert read.data == {"a": 1, "b": "một\ufffdhai\ufffd"}


def test_accents_stacked_by_the_hundred_are_refused_in_a_long_text():
    stacked = "a" + "\u0323\u0302" * 100
    assert problems(f"a: {'x ' * 10_000}\nb: {stacked}\n") == [("F112", 2, 5)]
    assert problems(f"a: {'x ' * 10_000}\nb: {'…' * 200}\n") == []


def test_an_escape_brings_in_no_forbidden_character_either():
    assert problems('a: "x\\0y"\n"b\\v": 1\n') == [("F112", 1, 4), ("F112", 2, 1)]


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("a: Kết quả: tốt\n", 1, 11, "dấu hai chấm thứ hai"),
        ("a: 1\nb 2\nc: 3\n", 2, 1, "thiếu dấu hai chấm"),
        ("a: 1\nb 2", 2, 1, "thiếu dấu hai chấm"),
        ("a: |\nkhông thụt\nb: 1\n", 2, 1, "thụt vào hai dấu cách"),
        ("a: 1\nyear:2026\nc: 3\n", 2, 5, "thiếu dấu cách"),
        ("unit:x\nyear: 2026\n", 1, 5, "thiếu dấu cách"),
        ("unit: a\n  year: 2026\n", 2, 7, "thụt sâu hơn"),
        ("a:\n  b: 1\n c: 2\n", 3, 2, "thụt vào không khớp"),
        (" a: 1\nb: 2\n", 2, 1, "thụt vào không khớp"),
        ("a:\n\tb: 1\n", 2, 1, "phím Tab"),
        ("a:\n-\tb: 1\n", 2, 2, "phím Tab"),
        ('a: "chưa đóng\nb: 1\n', 1, 4, "chưa được đóng"),
        ("a: 'chưa đóng\nb: 1\n", 1, 4, "chưa được đóng"),
        ('a: "Mô hình "khéo""\n', 1, 14, "chữ thừa sau dấu ngoặc"),
        ('a:\n  - "Nghe trọn" rất tốt\n', 2, 17, "chữ thừa sau dấu ngoặc"),
        ("a:\n  - [Ban] đã làm\n", 2, 11, "chữ thừa sau dấu ngoặc"),
        ("a: [x, y\nb: 1\n", 1, 4, "dấu [ chưa được đóng"),
        ("a: {x: 1\nb: 1\n", 1, 4, "dấu { chưa được đóng"),
        ("a: {x: 1 y: 2}\n", 1, 11, "thiếu dấu phẩy"),
        ("a: | chữ\n", 1, 6, "sau dấu | hoặc > phải xuống dòng"),
        ("a: - x\n", 1, 4, "gạch đầu dòng đứng sai chỗ"),
        ("a:\n  - x\n  b: 1\n", 3, 3, "không bắt đầu bằng dấu gạch"),
        ("a:\n  * x\n", 2, 3, "nếu là gạch đầu dòng thì viết “- ”"),
        ("a: @x\n", 1, 4, "không được bắt đầu bằng “@”"),
        ("a: %x\n", 1, 4, "không được bắt đầu bằng “%”"),
        ("a: `x`\n", 1, 4, "không được bắt đầu bằng “`”"),
        ("a: & x\n", 1, 4, "không được bắt đầu bằng “&”"),
        ("a: !<x\n", 1, 4, "không được bắt đầu bằng “!”"),
        ("a: !e!x y\n", 1, 4, "không được bắt đầu bằng “!”"),
        ("%x\n", 1, 1, "không được bắt đầu bằng “%”"),
        ('a: "C:\\Users"\n', 1, 9, "dấu \\ trong ngoặc kép"),
        ('a: "\\ud83d"\n', 1, 7, "dấu \\ trong ngoặc kép"),
        ("a:\n\u00a0\u00a0b: 1\n  c: 2\n", 2, 1, "dấu cách lạ"),
        ("a:\u00a0x\nb: 1\n", 1, 3, "dấu cách lạ"),
        ("a： x\nb: 1\n", 1, 2, "ký tự lạ (：)"),
        ("%YAML 9.0\n---\na: 1\n", 1, 1, "không đọc được cấu trúc"),
    ],
)
def test_a_syntax_error_is_told_in_plain_words_at_the_place_to_look_at(text, line, column, words):
    read = yaml_reading.read(text.encode())
    (problem,) = read.problems
    assert (problem.code, problem.line, problem.column) == ("F105", line, column)
    assert words in f"{problem.message} {problem.hint}"
    assert isinstance(read.data, Unread)
    assert not read.complete


@pytest.mark.parametrize(
    ("text", "column", "lost"),
    [
        ("a: số #5\n", 6, "#5"),
        ("a: #DanVanKheo\n", 3, "#DanVanKheo"),
        ("a: [x #5\n, y]\n", 6, "#5"),
        ("a:\t#5\n", 3, "#5"),
    ],
)
def test_words_lost_to_a_comment_are_told(text, column, lost):
    assert problems(text) == [("F116", 1, column)]
    assert f"“{lost}”" in message(text)


@pytest.mark.parametrize(
    "text",
    [
        "a: x # ghi chú\n",
        "a: x\n#ghi chú\n",
        "#!dòng đầu\na: x #!\n",
        "a: 'số #5'\n",
        "a: |\n  số #5\n",
        "a: x ### tách ###\n",
        "a: #\n  b: 1\n",
    ],
)
def test_a_comment_that_is_meant_as_one_passes(text):
    assert problems(text) == []


def test_decomposed_letters_are_told_at_the_first_of_them():
    decomposed = unicodedata.normalize("NFD", "tốt")
    assert problems(f"a: 1\nb: tốt\nc: {decomposed}\nd: {decomposed}\n") == [("F114", 3, 5)]


@pytest.mark.parametrize(
    "garbled",
    [
        "§¶ng bé tØnh Qu¶ng TrÞ thùc hiÖn c«ng t¸c d©n vËn",
        "Ñaûng boä tænh Quaûng Trò thöïc hieän coâng taùc daân vaän",
        "Qu\u00e1º\u00a3ng thá»±c hiá»‡n cÃ´ng tÃ¡c",
        "Đã nhận: §¬n cña c«ng d©n, ®· xö lý",
        "B¸O C¸O KÕT QU¶ C¤NG T¸C D¢N VËN",
        "Đơn vị đã tổ chức quán triệt, phổ biến đầy đủ các văn bản; c«ng t¸c d©n vËn được chú ý",
        "Đơn vị đã tổ chức quán triệt, phổ biến đầy đủ văn bản; coâng taùc daân vaän được chú ý",
    ],
)
def test_letters_of_the_old_encodings_are_told(garbled):
    assert problems(f'a: Đúng.\nb: "{garbled}"\n')[-1][:2] == ("F115", 2)


@pytest.mark.parametrize(
    "text",
    [
        "Phòng hành chính",
        "Quảng Trị thực hiện",
        "KẾT QUẢ ĐẠT ĐƯỢC",
        "đã được định hướng",
        "tài sản",
    ],
)
def test_what_was_encoded_twice_is_told_apart_from_the_old_encodings(text):
    bytes_as_letters = "".join(
        bytes([each]).decode("cp1252", "ignore") or chr(each) for each in text.encode()
    )
    found = yaml_reading.read(f'a: "Đúng. {bytes_as_letters}"\n'.encode()).problems
    (problem,) = [each for each in found if each.code == "F115"]
    assert problem.message.startswith("tệp đã bị chuyển mã hai lần")
    assert "lấy lại bản gốc" in problem.hint


@pytest.mark.parametrize(
    "text",
    [
        "Đoàn công tác của ông Müller, bà Schröder và ông Jürgen Weiß",
        "José, García, François, Åse Ødegård, Søren, Raúl, Noël, Israël, Citroën, Škoda",
        "Microsoft® Office, Windows®, ©2026, ™",
        "«Dân vận khéo», «Nghe trọn», 5 × 3 m², 10 m³, ½, µg/m³, 37 °C, A·B",
        "hoà, khoẻ, thuỷ, quý, uỷ, hoá, loè, toé, quà, quê, huyền, yêu, oà, quẩn, khuya, ngoéo",
        "Đoàn của Israël và Haïti do ông Michaël dẫn đầu đã đến thăm, làm việc, trao đổi tại tỉnh",
        "Các chữ goût, août, Seán, Emmaüs được viết đúng trong những tên riêng và tiếng nước",
        "chú thích¹ thứ nhất², chú thích³; kW·h và N·m; a×b, c×d; PHƯỜNG, XÃ, ĐÃ… “THỊ XÃ”, “MÃ”",
        "XÃ\u00a0HỘI, ĐÃ\u00a0LÀM; «giá», «hoá»; A·B, C·D; §5, § 6; Mª José",
        "CITROËN, MÜLLER, BJÖRK, ÅSE, CHÂTEAU; QUỐC VÕNG, RÕ, BÃI, TÕNG; ĐỀ ÁN, ÁO, ÂU",
        "Ea H'leo, Cư M'gar, Krông Pắc, Đắk Lắk, Kẻo kèo",
    ],
)
def test_vietnamese_and_foreign_names_are_not_taken_for_garbage(text):
    assert problems(f'a: "{text}"\n') == []


def test_of_very_many_problems_only_so_many_are_told():
    found = problems("a: 1\n" * (MAX_PROBLEMS + 100))
    assert len(found) == MAX_PROBLEMS + 1
    assert found[-1][0] == "F118"


def test_long_words_are_cut_in_messages():
    name = "x" * 900
    assert len(message(f"{name}: 1\n{name}: 2\n")) < 200


def test_places_of_values_and_fields_are_where_they_begin():
    places = yaml_reading.locate("a: 1\nb:\n  - c: x\n    d: y\n  - z\ne: {f: [g]}\n")
    assert places.of(("a",)) == TextPosition(1, 4)
    assert places.of(("a",), at_key=True) == TextPosition(1, 1)
    assert places.of(("b", 0, "d")) == TextPosition(4, 8)
    assert places.of(("b", 0, "d"), at_key=True) == TextPosition(4, 5)
    assert places.of(("b", 1)) == TextPosition(5, 5)
    assert places.of(("e", "f", 0)) == TextPosition(6, 9)


def test_the_place_of_what_is_missing_is_the_field_it_is_missing_in():
    places = yaml_reading.locate("a: 1\nb:\n  - c: x\n")
    assert places.of(("b", 0, "nothing"), at_key=True) == TextPosition(3, 5)
    assert places.of(("b", 7)) == TextPosition(2, 1)
    assert places.of(("nothing",), at_key=True) == TextPosition(1, 1)
    assert places.of(()) == TextPosition(1, 1)


def test_columns_count_characters_not_bytes():
    assert problems("Đề xuất: {ữ: 1, ữ: 2}\n") == [("F106", 1, 17)]


# PyYAML writes the text '08' without quotes, since to it that is no number; to us it is.
PLAIN = st.text(
    st.characters(
        codec="utf-8",
        exclude_categories=["Cc", "Cs", "Cn", "Zl", "Zp", "Co"],
        exclude_characters="\ufeff",
    )
).filter(lambda text: not re.fullmatch(r"-?\d{1,15}", text, re.ASCII))
TREES = st.dictionaries(
    PLAIN,
    st.recursive(
        PLAIN | st.integers(-(10**14), 10**14) | st.booleans(),
        lambda inner: st.lists(inner) | st.dictionaries(PLAIN, inner),
        max_leaves=8,
    ),
    min_size=1,
)


def composed(tree):
    """The tree with its text in NFC and without the keys that become equal by that."""
    if isinstance(tree, str):
        return unicodedata.normalize("NFC", tree)
    if isinstance(tree, list):
        return [composed(item) for item in tree]
    if isinstance(tree, dict):
        return {composed(key): composed(value) for key, value in tree.items()}
    return tree


@given(TREES.map(composed))
def test_what_pyyaml_writes_comes_back(tree):
    written = yaml.safe_dump(tree, allow_unicode=True, sort_keys=False)
    assert yaml_reading.read(written.encode()).data == tree


@given(st.binary(max_size=300))
def test_no_bytes_make_it_raise(content):
    read = yaml_reading.read(content)
    assert read.complete or read.problems


@given(
    st.text(
        st.sampled_from(list("ab:- \n\t\"'[]{}|>&*!%#,?@`\\.0\u00a0ếé"))
        | st.characters(codec="utf-8"),
        max_size=80,
    )
)
def test_no_text_makes_it_raise_and_every_problem_has_its_place(text):
    read = yaml_reading.read(text.encode())
    for problem in read.problems:
        assert problem.line is None or 1 <= problem.line <= text.count("\n") + text.count("\r") + 2
    yaml_reading.locate(read.text)
