"""Describes in Vietnamese each field of the plan, the unit report and the office report."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from danvan_cli.files.criteria_descriptions import CRITERIA_DESCRIPTIONS
from danvan_cli.model.criteria import JUDGE_NAMES, Criterion
from danvan_cli.model.office_report import Brief, OfficeReport
from danvan_cli.model.plan import (
    AWARDED_BY_NAMES,
    FIGURE_KIND_NAMES,
    Amendment,
    AppendixTitles,
    AwardLevel,
    DataWindow,
    Deadline,
    DocumentLook,
    EarlierYear,
    Extension,
    FigureCheck,
    FormerName,
    Indicator,
    Milestone,
    Organization,
    OutlinePart,
    Period,
    Plan,
    Quotient,
    Section,
    Signatory,
    Task,
    Unit,
)
from danvan_cli.model.registers import ROWS_BY_DAY, Computed, Register
from danvan_cli.model.unit_report import (
    AWARD_KIND_NAMES,
    MODEL_STATUS_NAMES,
    TASK_STATUS_NAMES,
    Award,
    GivenFigure,
    Model,
    Proposal,
    Return,
    TaskResult,
    UnitReport,
)

_ONE_A_LINE = "; mỗi ý một dòng, bắt đầu bằng “- ”"
_LISTS = {
    "strengths": f"Ưu điểm{_ONE_A_LINE}.",
    "shortcomings": f"Tồn tại, hạn chế{_ONE_A_LINE}.",
    "difficulties": f"Khó khăn, vướng mắc{_ONE_A_LINE}.",
    "causes": f"Nguyên nhân{_ONE_A_LINE}.",
    "lessons": f"Bài học kinh nghiệm{_ONE_A_LINE}.",
    "next_steps": f"Phương hướng, nhiệm vụ kỳ tới{_ONE_A_LINE}.",
    "proposals": f"Đề xuất, kiến nghị{_ONE_A_LINE}. Nêu cơ quan được đề nghị ở đầu câu (“Đề nghị "
    "Sở Nội vụ …”), hoặc ghi riêng bằng to và text.",
}
_DEADLINE = {
    "before": "Trước ngày này: ngày cuối là ngày liền trước. Chỉ ghi before hoặc by.",
    "by": "Chậm nhất ngày này: ngày cuối là chính ngày này. Chỉ ghi before hoặc by.",
}

DESCRIPTIONS: Mapping[type[Struct], Mapping[str, str]] = {
    AppendixTitles: {
        "indicators": "Tên phụ lục số liệu, không ghi kỳ; mặc định: “Số liệu” và tên báo cáo.",
        "models": "Tên phụ lục mô hình, không ghi kỳ; mặc định: Danh sách mô hình “Dân vận khéo”.",
        "awards": "Tên phụ lục khen thưởng, không ghi kỳ; mặc định: Danh sách đề xuất khen thưởng.",
    },
    Plan: {
        "version": "Phiên bản của cách ghi tệp kế hoạch, luôn là 1.",
        "title": "Tên đầy đủ của kế hoạch, bắt đầu bằng “Kế hoạch”.",
        "year": "Năm kế hoạch; báo cáo nằm ở reports/<năm>/.",
        "number": "Số, ký hiệu của kế hoạch; chưa có thì để trống.",
        "issued": "Ngày ban hành kế hoạch; chưa có thì để trống.",
        "amendments": "Các văn bản sửa đổi, bổ sung kế hoạch đã ban hành, theo ngày.",
        "organization": "Cơ quan ban hành kế hoạch và báo cáo.",
        "signatories": "Người ký; phải có default, các tên khác dùng cho văn bản riêng, ví dụ "
        "reminder cho công văn đôn đốc.",
        "recipients": "Nơi nhận của kế hoạch, không ghi dấu “;” và dòng “Lưu”.",
        "archive": "Nội dung dòng “Lưu:”, ví dụ VT, HC-TC.",
        "drafter": "Ký hiệu người soạn thảo, ghi sau dòng “Lưu:”.",
        "coordinator": "Mã đơn vị đôn đốc, tổng hợp báo cáo.",
        "legal_bases": "Căn cứ, mỗi căn cứ một mục, không ghi chữ “Căn cứ” và dấu “;”.",
        "opening": "Câu dẫn sau phần căn cứ, đến hết dấu hai chấm.",
        "objectives": "Mục đích, mỗi đoạn một mục.",
        "requirements": "Yêu cầu, mỗi đoạn một mục.",
        "sections": "Các mục nhiệm vụ của kế hoạch.",
        "implementation": "Tổ chức thực hiện, mỗi đoạn một mục.",
        "closing": "Đoạn kết, không ghi dấu “./.”.",
        "all_units": "Cách gọi chung các đơn vị ở “Kính gửi” của công văn gửi tất cả, ví dụ Các "
        "phòng, ban, trung tâm trực thuộc Văn phòng.",
        "units": "Các đơn vị phải báo cáo, theo thứ tự trong bảng và báo cáo.",
        "unit_groups": "Nhóm đơn vị: mã nhóm, các mã đơn vị; mã nhóm thay được cho các mã ấy.",
        "periods": "Các kỳ báo cáo, theo mã kỳ; mã kỳ là tên thư mục trong reports/<năm>/.",
        "when_day_off": "Hạn rơi vào ngày nghỉ thì giữ nguyên hay chuyển sang ngày làm việc kế "
        "tiếp.",
        "days_off": "Ngày nghỉ thêm, ngoài thứ Bảy, Chủ nhật và ngày lễ.",
        "working_days": "Ngày làm bù.",
        "awards": "Các hình thức khen thưởng và cấp quyết định; hình thức do chính cơ quan quyết "
        "định thì không vào báo cáo gửi lên.",
        "document": "Cỡ chữ và hình thức của văn bản.",
        "indicators": "Các chỉ tiêu số liệu mà đơn vị báo cáo.",
        "checks": "Quy tắc của cơ quan về số liệu, kiểm tra báo cáo của từng đơn vị.",
        "years": "Các năm đã qua: năm và thư mục kế hoạch của năm ấy, để có số liệu cùng kỳ.",
        "registers": "Các sổ theo dõi, theo mã: số liệu lấy từ đó và việc có thời hạn ghi ở đó.",
        "least": "Chênh lệch đến mức này thì không coi là số liệu khác thường; mặc định 20.",
        "appendix_titles": "Tên các phụ lục của báo cáo, nếu khác mặc định.",
        "outline": "Đề cương của báo cáo tổng hợp; không ghi là năm phần quen dùng.",
    },
    OutlinePart: {
        "title": "Tên phần, không ghi số thứ tự; {name} là tên kỳ, {next_name} là tên kỳ tới, có "
        "năm.",
        "of": "Nội dung của phần, mỗi mục một dòng: leadership, sections, section <mã>, task <mã>, "
        "strengths, shortcomings, difficulties, causes, lessons, next_steps, proposals, indicators "
        "<các mã>, models, awards, own <mã>.",
        "parts": "Các phần con, ghi như phần này.",
    },
    AwardLevel: {
        "form": "Hình thức khen thưởng, ví dụ Giấy khen; “Bằng khen” gồm cả “Bằng khen của Chủ "
        "tịch UBND tỉnh”.",
        "by": "Cấp quyết định khen thưởng.",
    },
    Amendment: {
        "number": "Số, ký hiệu của văn bản, ví dụ 21/KH-VP.",
        "issued": "Ngày ban hành văn bản.",
        "subject": "Trích yếu, không ghi loại văn bản, ví dụ sửa đổi, bổ sung Kế hoạch công tác "
        "dân vận năm 2026.",
    },
    Organization: {
        "name": "Tên cơ quan dùng trong câu văn.",
        "letterhead": "Tên ở đầu văn bản, chữ in hoa: cơ quan chủ quản (nếu có), rồi cơ quan ban "
        "hành.",
        "symbol": "Chữ viết tắt tên cơ quan trong số, ký hiệu: VP cho “Số: …/BC-VP”.",
        "place": "Địa danh ghi trước ngày, tháng, năm.",
    },
    Signatory: {
        "authority": "Quyền hạn khi ký thay, ký thừa lệnh, ví dụ KT. CHÁNH VĂN PHÒNG; hai "
        "dòng, ví dụ TM. ỦY BAN NHÂN DÂN và KT. CHỦ TỊCH, thì ghi dưới dấu |.",
        "position": "Chức vụ người ký, chữ in hoa, ví dụ PHÓ CHÁNH VĂN PHÒNG.",
        "name": "Họ và tên người ký.",
    },
    Section: {
        "id": "Mã của mục, ví dụ '1'.",
        "title": "Tên mục.",
        "tasks": "Các nhiệm vụ của mục.",
    },
    Task: {
        "id": "Mã nhiệm vụ, đặt trong dấu nháy: '4.10'.",
        "text": "Lời của nhiệm vụ.",
        "heading": "Tên ngắn của nhiệm vụ, làm đề mục trong báo cáo; không ghi thì lấy phần đầu "
        "của text.",
        "assigned": "Mã các đơn vị được giao; không có dòng này là giao cho mọi đơn vị.",
        "lead": "Mã đơn vị chủ trì.",
        "due": "Thời hạn; có thì nhiệm vụ có thể quá hạn, không có là việc thường xuyên.",
        "from": "Ngày đầu của nhiệm vụ, nếu thêm trong năm; kỳ trước đó không hỏi.",
        "until": "Ngày cuối của nhiệm vụ, nếu thôi trong năm; sau đó không còn phải báo cáo.",
        "amended_by": "Số, ký hiệu của văn bản sửa đổi, như ghi ở amendments.",
    },
    FormerName: {
        "name": "Tên đầy đủ trước đây.",
        "short": "Tên viết tắt trước đây; không ghi nếu không đổi.",
        "until": "Ngày cuối cùng mang tên này.",
    },
    Unit: {
        "id": "Mã đơn vị, là tên tệp báo cáo: chữ thường không dấu, chữ số, dấu gạch nối.",
        "name": "Tên đầy đủ của đơn vị.",
        "short": "Tên viết tắt, dùng trong báo cáo và bảng.",
        "symbol": "Ký hiệu của đơn vị trong số văn bản và dòng “Lưu:”, chữ in hoa, ví dụ BTCD, "
        "P.KT; không ghi thì dùng short.",
        "email": "Một địa chỉ thư điện tử để gửi văn bản đôn đốc.",
        "from": "Ngày đơn vị bắt đầu hoạt động, nếu thành lập trong năm.",
        "until": "Ngày hoạt động cuối cùng, nếu sáp nhập, giải thể trong năm.",
        "names": "Các tên trước đây, nếu đổi tên trong năm; tên hiện nay ghi ở name.",
        "into": "Mã các đơn vị tiếp nhận nhiệm vụ, chỉ tiêu từ sau ngày until, đơn vị chính ghi "
        "đầu.",
        "from_unit": "Mã đơn vị mà đơn vị này được tách ra; nhiệm vụ, chỉ tiêu như đơn vị đó.",
        "carry": "Số liệu cuối của đơn vị đã sáp nhập, giải thể. add: danvan cộng vào các kỳ sau; "
        "included: đơn vị tiếp nhận báo cáo cả phần đó.",
        "own_number": "Ghi false nếu đơn vị không có sổ văn bản riêng, báo cáo không có số.",
    },
    Period: {
        "name": "Tên kỳ trong câu văn, ví dụ 6 tháng đầu năm.",
        "next_name": "Tên kỳ tới, cho mục phương hướng, ví dụ 6 tháng cuối năm.",
        "subject": "Trích yếu của báo cáo.",
        "data": "Thời gian chốt số liệu.",
        "units": "Mã các đơn vị, nhóm đơn vị phải báo cáo kỳ này; bỏ trống nếu là mọi đơn vị.",
        "unit_deadline": "Hạn đơn vị gửi báo cáo.",
        "unit_deadlines": "Hạn riêng của đơn vị hoặc nhóm đơn vị, theo mã.",
        "extensions": "Các lần gia hạn cho một số đơn vị.",
        "office_deadline": "Hạn cơ quan gửi báo cáo tổng hợp.",
        "milestones": "Các mốc nội bộ, ví dụ trình lãnh đạo.",
        "addressees": "Nơi kính gửi.",
        "recipients": "Nơi nhận, “Như trên” ghi đầu tiên.",
        "continues": "Mã kỳ trước, hoặc các kỳ trước [h1, q3], mà số liệu của kỳ này đã bao gồm.",
        "outline": "Đề cương riêng của kỳ, thay outline của kế hoạch.",
        "from": "Ngày kế hoạch bắt đầu có kỳ này, nếu thêm trong năm.",
        "until": "Ngày cuối kế hoạch còn kỳ này; trước hạn của đơn vị thì kỳ này coi là đã bỏ.",
        "amended_by": "Số, ký hiệu của văn bản sửa đổi, như ghi ở amendments.",
    },
    EarlierYear: {
        "year": "Năm đã qua.",
        "from": "Thư mục kế hoạch của năm ấy, tính từ thư mục có plan.yaml này: ../danvan-2025.",
    },
    Extension: {
        "units": "Mã các đơn vị, nhóm đơn vị được gia hạn.",
        "by": "Ngày cuối mới.",
        "reason": "Lý do gia hạn.",
        "document": "Số, ký hiệu văn bản cho gia hạn.",
        "granted": "Ngày cho gia hạn.",
    },
    Brief: {
        "indicators": "Mã các số liệu chính, nhiều nhất 5.",
        "strengths": "Ưu điểm nêu với lãnh đạo, nhiều nhất 3 ý.",
        "shortcomings": "Tồn tại, hạn chế nêu với lãnh đạo, nhiều nhất 3 ý.",
        "decisions": "Việc cần lãnh đạo cho ý kiến, nhiều nhất 3 ý.",
    },
    DataWindow: {
        "from": "Số liệu tính từ ngày này.",
        "to": "Số liệu tính đến hết ngày này.",
    },
    Deadline: _DEADLINE,
    Milestone: _DEADLINE | {"name": "Việc phải xong, ví dụ Trình lãnh đạo Văn phòng."},
    DocumentLook: {
        "size_set": "Bộ cỡ chữ của Quốc hiệu, Tiêu ngữ.",
        "body": "Cỡ chữ của nội dung.",
        "medium": "Văn bản điện tử hay văn bản giấy.",
        "unit_names": "Báo cáo tổng hợp có ghi tên đơn vị sau mỗi ý không.",
        "targets": "Báo cáo tổng hợp có ghi tỷ lệ đạt kế hoạch (target) không: true có, false "
        "không.",
        "most_points": "Số ý in nhiều nhất ở mỗi nhiệm vụ, mỗi phần còn ghép nguyên văn; null là "
        "in hết.",
    },
    Indicator: {
        "id": "Mã chỉ tiêu: chữ thường không dấu, chữ số, dấu gạch nối.",
        "name": "Tên chỉ tiêu.",
        "measure": "Đơn vị tính.",
        "task": "Mã nhiệm vụ mà số liệu thuộc về.",
        "units": "Mã các đơn vị có chỉ tiêu này; không có dòng này là mọi đơn vị.",
        "part_of": "Mã chỉ tiêu tổng; số liệu không lớn hơn tổng và được tính tỷ lệ.",
        "phrase": "Cách viết số liệu trong câu, bắt đầu bằng động từ hoặc bằng {n}; {n} là chỗ của "
        "số, ví dụ “tổ chức {n} cuộc hội nghị”, “{n} lượt người tham dự”.",
        "none": "Cách viết khi số liệu là 0, ví dụ “không có trường hợp vi phạm phải xử lý”.",
        "previous": "Số liệu cùng kỳ năm trước của toàn cơ quan, theo mã kỳ.",
        "target": "Mức kế hoạch theo mã kỳ: một số của toàn cơ quan, hoặc số của từng đơn vị "
        "(mã nhóm: của mỗi đơn vị trong nhóm).",
        "kind": "Loại số liệu; không có dòng này là số đếm được trong kỳ, cộng lại được.",
        "decimal": "Số chữ số thập phân nhiều nhất, 1 hoặc 2; không có dòng này thì chỉ ghi số "
        "nguyên (số tiền: đến 2 chữ số).",
        "rate": "Hai chỉ tiêu để tính tỷ lệ (kind: rate).",
        "computed": "Số liệu của đơn vị giữ sổ được tính từ sổ.",
        "direction": "Đạt kế hoạch khi số liệu từ mức đó trở lên hay từ mức đó trở xuống.",
        "from": "Ngày đầu của chỉ tiêu, nếu thêm trong năm; mặc định là của nhiệm vụ.",
        "until": "Ngày cuối của chỉ tiêu, nếu thôi trong năm; mặc định là của nhiệm vụ.",
        "amended_by": "Số, ký hiệu của văn bản sửa đổi, như ghi ở amendments.",
        "least": "Chênh lệch đến mức này thì không coi là số liệu khác thường; không ghi là theo "
        "least của kế hoạch.",
    },
    FigureCheck: {
        "id": "Mã quy tắc, nêu trong thông báo; không ghi thì nêu thứ tự.",
        "that": "Điều phải đúng, viết bằng mã chỉ tiêu, số, + - × ÷, = ≠ < > ≤ ≥, “và”: "
        "don-phai-xu-ly = chuyen-sang + moi. Dấu trừ có dấu cách hai bên.",
        "when": "Khi điều này đúng thì then phải đúng, ví dụ hoi-nghi = 0.",
        "then": "Điều phải đúng khi có when, ví dụ nguoi-tham-du = 0.",
        "ratio": "Tỷ số phải nằm trong khoảng from đến to, ví dụ nguoi-tham-du / hoi-nghi; mẫu số "
        "bằng 0 thì không kiểm tra.",
        "from": "Tỷ số nhỏ nhất, ví dụ 5 hoặc '0,5'.",
        "to": "Tỷ số lớn nhất.",
        "message": "Câu giải thích cho đơn vị, ghi trước các con số.",
        "severity": "Trái quy tắc là lỗi (báo cáo chưa được tính) hay cảnh báo; không ghi thì "
        "ratio là cảnh báo, còn lại là lỗi.",
    },
    Quotient: {
        "part": "Mã chỉ tiêu là số bộ phận, ở trên vạch chia.",
        "whole": "Mã chỉ tiêu là tổng số, ở dưới vạch chia.",
    },
    GivenFigure: {
        "figure": "Số liệu: số nguyên; số thập phân viết '97,5'; có hoặc không.",
        "estimated": "true: số ước, được in kèm “(ước)”.",
    },
    Register: {
        "file": "Tệp sổ (.xlsx, .csv, .yaml) trong thư mục kế hoạch, ví dụ so/tiep-dan-2026.xlsx.",
        "unit": "Mã đơn vị giữ sổ.",
        "columns": "Các cột được đọc: tên dùng ở đây, tên cột trong sổ. day là ngày nhận, ngày "
        "diễn ra (phải có); done là ngày xong. Cột khác danvan không đọc.",
        "sheet": "Tên trang tính, nếu tệp .xlsx có nhiều trang.",
        "due_days": "Số ngày phải làm xong, kể từ ngày liền sau ngày nhận.",
        "due_working_days": "Số ngày làm việc phải làm xong; chỉ ghi một trong hai.",
        "due_where": "Chỉ các dòng có nội dung này mới có hạn; không ghi là mọi dòng.",
        "in_git": "Ghi true nếu sổ không có thông tin cá nhân, được đưa vào git.",
    },
    Computed: {
        "register": "Mã sổ.",
        "count": "rows: đếm số dòng; không ghi sum thì cũng vậy.",
        "sum": "Cộng cột này (một tên trong columns) thay vì đếm dòng.",
        "where": "Chỉ tính các dòng có nội dung này ở cột này; nhiều nội dung thì ghi [a, b].",
        "day": "Tính các dòng nào theo ngày, so với thời gian chốt số liệu của kỳ.",
    },
    UnitReport: {
        "unit": "Mã của đơn vị, như trong kế hoạch và trong tên tệp.",
        "year": "Năm của kế hoạch.",
        "period": "Mã của kỳ báo cáo, như tên thư mục.",
        "submitted": "Ngày đơn vị gửi báo cáo; chưa ghi thì báo cáo còn là dự thảo, chưa được "
        "tính.",
        "received": "Ngày cơ quan nhận được, nếu khác ngày gửi; do công chức tổng hợp ghi. Ngày "
        "này quyết định đúng hạn hay muộn.",
        "returned": "Báo cáo bị trả lại; do công chức tổng hợp ghi, bỏ đi khi đã nhận bản hoàn "
        "chỉnh.",
        "signatory": "Người ký báo cáo của đơn vị.",
        "leadership": "Công tác lãnh đạo, chỉ đạo; mỗi dòng là một đoạn.",
        "results": "Kết quả từng nhiệm vụ được giao, theo mã nhiệm vụ.",
        "indicators": "Số liệu theo mã chỉ tiêu, trong thời gian chốt số liệu của kỳ.",
        "notes": "Giải trình số liệu khác thường, theo mã chỉ tiêu: vì sao số liệu đó là đúng.",
        "models": "Các mô hình, như mô hình “Dân vận khéo”.",
        "awards": "Đề xuất khen thưởng.",
        **_LISTS,
    },
    Return: {
        "date": "Ngày trả lại.",
        "reason": "Lý do trả lại.",
    },
    TaskResult: {
        "status": "Tình hình thực hiện.",
        "summary": "Kết quả đã làm được; mỗi dòng là một đoạn.",
        "evidence": "Văn bản, tài liệu chứng minh, mỗi văn bản một mục.",
        "highlight": "Có đề xuất đưa kết quả này vào báo cáo tổng hợp không: true có, false không.",
    },
    Model: {
        "name": "Tên mô hình.",
        "field": "Lĩnh vực.",
        "summary": "Nội dung, cách làm, kết quả.",
        "status": "Giai đoạn.",
        "replicate": "Có đề nghị nhân rộng không: true có, false không.",
    },
    Award: {
        "kind": "Đối tượng đề nghị khen thưởng.",
        "name": "Tên tập thể, hoặc họ và tên cá nhân.",
        "position": "Chức vụ của cá nhân.",
        "form": "Hình thức khen thưởng, ví dụ Giấy khen.",
        "achievement": "Thành tích.",
    },
    Proposal: {
        "to": "Cơ quan được đề nghị, ví dụ Sở Nội vụ.",
        "text": "Nội dung đề nghị.",
    },
    OfficeReport: {
        "number": "Số, ký hiệu của báo cáo khi đã ban hành, ví dụ 57/BC-VP.",
        "issued": "Ngày ban hành báo cáo.",
        "file": "Tên tệp Word đã ban hành.",
        "fingerprint": "Mã đối chiếu với nội dung đã ban hành, do danvan ghi, không sửa tay.",
        "leadership": "Công tác lãnh đạo, chỉ đạo, thay phần ghép từ báo cáo của các đơn vị.",
        "opening": "Đoạn mở đầu, thay đoạn danvan tự viết.",
        "closing": "Đoạn kết, không ghi dấu “./.”, thay đoạn danvan tự viết.",
        "tasks": "Nội dung của từng nhiệm vụ, theo mã nhiệm vụ, thay phần ghép từ báo cáo của các "
        "đơn vị.",
        "figures": "Câu nêu số liệu của từng mục, theo mã mục, hoặc của nhiệm vụ mà đề cương đặt "
        "riêng, theo mã nhiệm vụ; thay câu danvan tự viết.",
        "sections": "Nội dung của từng mục nhiệm vụ, theo mã mục, thay phần ghép từ báo cáo của "
        "các đơn vị.",
        "own": "Nội dung của các phần chỉ do cơ quan viết, theo mã ở own <mã> của đề cương.",
        "highlights": "Ý được chọn: mã nhiệm vụ, rồi mã các đơn vị mà báo cáo in ý của họ.",
        "recipients": "Nơi nhận, thay nơi nhận của kỳ.",
        "signatory": "Người ký, thay người ký mặc định.",
        "supplement_reason": "Lý do của báo cáo bổ sung; mỗi dòng là một đoạn.",
        "brief": "Nội dung chọn cho bản tóm tắt một trang; không ghi thì lấy các ý đầu.",
        **_LISTS,
    },
    **CRITERIA_DESCRIPTIONS,
}
"""Descriptions by type, then by the field's name in the file."""

VALUE_NAMES: Mapping[type[Struct], Mapping[str, Mapping[Any, str]]] = {
    Plan: {
        "when_day_off": {
            "keep": "giữ nguyên",
            "next_working_day": "chuyển sang ngày làm việc kế tiếp",
        }
    },
    DocumentLook: {
        "size_set": {
            "13-14": "Quốc hiệu cỡ 13, Tiêu ngữ cỡ 14",
            "12-13": "Quốc hiệu cỡ 12, Tiêu ngữ cỡ 13",
        },
        "medium": {"electronic": "văn bản điện tử", "paper": "văn bản giấy"},
        "unit_names": {"none": "không ghi", "full": "ghi tên đầy đủ"},
    },
    FigureCheck: {"severity": {"error": "lỗi", "warning": "cảnh báo"}},
    Indicator: {
        "kind": {**FIGURE_KIND_NAMES},
        "direction": {"more": "từ mức đó trở lên", "less": "từ mức đó trở xuống"},
    },
    Computed: {"count": {"rows": "đếm số dòng"}, "day": {**ROWS_BY_DAY}},
    TaskResult: {"status": {**TASK_STATUS_NAMES}},
    Model: {"status": {**MODEL_STATUS_NAMES}},
    Award: {"kind": {**AWARD_KIND_NAMES}},
    AwardLevel: {"by": {**AWARDED_BY_NAMES}},
    Criterion: {"by": {**JUDGE_NAMES}},
}
"""The values of a field and their meaning, in the order in which they are offered."""
