"""The words of documents that keep the decree, by the names of their parts."""

LONG = (
    "Văn phòng đã kịp thời tham mưu đưa nhiệm vụ công tác dân vận vào chương trình công tác, gắn "
    "với phát triển kinh tế - xã hội, an sinh và giải quyết kiến nghị của người dân, doanh nghiệp; "
    "việc phối hợp giữa các phòng, ban, trung tâm đi vào nền nếp, có phân công rõ ràng."
)
TEXTS: dict[str, str | list[str]] = {
    "Quốc hiệu": "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Tiêu ngữ": "Độc lập - Tự do - Hạnh phúc",
    "Cơ quan chủ quản": "UBND TỈNH QUẢNG TRỊ",
    "Cơ quan": "VĂN PHÒNG",
    "Địa danh, ngày": "Quảng Trị, ngày 04 tháng 6 năm 2026",
    "V/v": "V/v đôn đốc báo cáo công tác dân vận",
    "Mở đầu": f"Thực hiện kế hoạch công tác năm 2026, Văn phòng báo cáo như sau: {LONG.lower()}",
    "Mục": "I. KẾT QUẢ THỰC HIỆN",
    "Khoản có tiêu đề": "1. Công tác lãnh đạo, chỉ đạo",
    "Khoản": f"2. {LONG}",
    "Điểm": f"a) {LONG}",
    "Gạch đầu dòng": f"- {LONG}",
    "Lời kết": f"{LONG} Trên đây là báo cáo của Văn phòng./.",
    "Từ Nơi nhận": "Nơi nhận:",
    "Lưu": "- Lưu: VT, HC-TC.",
    "Quyền hạn": "KT. CHÁNH VĂN PHÒNG",
    "Chức vụ": "PHÓ CHÁNH VĂN PHÒNG",
    "Họ tên": "Nguyễn Cửu",
    "Căn cứ": [
        f"Căn cứ Luật Tổ chức chính quyền địa phương; {LONG.lower()[:-1]};",
        f"Căn cứ Chỉ thị số 33/CT-TTg ngày 26/11/2021 của Thủ tướng Chính phủ {LONG.lower()}",
    ],
}
OF_KIND: dict[str, dict[str, str | list[str]]] = {
    "báo cáo": {
        "Số, ký hiệu": "Số: 57/BC-VP",
        "Tên loại": "BÁO CÁO",
        "Trích yếu": "Kết quả thực hiện công tác dân vận 6 tháng đầu năm 2026",
        "Kính gửi": ["Kính gửi: Ủy ban nhân dân tỉnh"],
        "Nơi nhận": ["- Như trên;", "- Sở Nội vụ;"],
    },
    "công văn": {
        "Số, ký hiệu": "Số: 05/VP-HCTC",
        "Kính gửi": ["Kính gửi:", "- Ban Tiếp công dân;", "- Phòng Nội chính."],
        "Nơi nhận": ["- Như trên;", "- Lãnh đạo Văn phòng;"],
    },
    "kế hoạch": {
        "Số, ký hiệu": "Số: 12/KH-VP",
        "Tên loại": "KẾ HOẠCH",
        "Trích yếu": "Thực hiện công tác dân vận năm 2026",
        "Nơi nhận": ["- Sở Nội vụ;", "- Các phòng, ban, trung tâm;"],
    },
    "quyết định": {
        "Số, ký hiệu": "Số: 102/QĐ-VP",
        "Tên loại": "QUYẾT ĐỊNH",
        "Trích yếu": "Về việc khen thưởng công tác dân vận năm 2026",
        "Thẩm quyền": "CHÁNH VĂN PHÒNG ỦY BAN NHÂN DÂN TỈNH",
        "Điều": ["Điều 1.", "Điều 2."],
        "Nơi nhận": ["- Như Điều 2;", "- Sở Nội vụ;"],
    },
}
