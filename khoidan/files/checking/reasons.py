"""Why a file is not taken, in words for who sent it."""

from django.utils.translation import gettext_lazy as _

REASONS = {
    "empty": _("tệp rỗng, không có nội dung."),
    "too_big": _("tệp lớn hơn 20 MB. Hãy thu nhỏ hoặc chia thành nhiều tệp."),
    "too_much": _("các tệp gửi cùng lúc lớn hơn 100 MB. Hãy gửi làm nhiều lần."),
    "unknown": _("chỉ nhận PDF, Word, Excel, PowerPoint, OpenDocument (odt, ods) và ảnh JPG, PNG."),
    "old_office": _("tệp kiểu cũ (.doc, .xls, .ppt) hoặc có mật khẩu. Hãy mở ra, lưu thành .docx, .xlsx hay .pptx."),
    "heic": _("ảnh HEIC của iPhone. Hãy lưu hoặc gửi lại dưới dạng JPG."),
    "extension": _("đuôi tệp không khớp với nội dung, vốn là %(kind)s. Hãy lưu lại đúng loại rồi gửi."),
    "program": _("tên tệp mang đuôi của chương trình (%(extension)s)."),
    "broken": _("tệp hỏng hoặc chưa đủ. Hãy mở thử, lưu lại rồi gửi lần nữa."),
    "encrypted": _("tệp có mật khẩu hoặc bị khóa quyền. Hãy bỏ khóa rồi gửi lại."),
    "macros": _("tệp có macro (chương trình kèm theo). Hãy lưu lại dạng không có macro."),
    "embedded": _("tệp chứa tệp hoặc đối tượng khác bên trong. Hãy gửi riêng từng tệp."),
    "entities": _("tệp có khai báo XML không an toàn."),
    "remote": _("tệp lấy mẫu hoặc đối tượng từ máy khác khi mở. Hãy lưu lại không kèm liên kết đó."),
    "unpacks": _("tệp khi mở ra lớn quá mức cho phép."),
    "pixels": _("ảnh có quá nhiều điểm ảnh. Hãy thu nhỏ ảnh rồi gửi lại."),
    "script": _("tệp PDF có lệnh tự chạy. Hãy in lại thành PDF rồi gửi."),
    "complex": _("tệp quá phức tạp nên không kiểm tra được. Hãy in lại thành PDF rồi gửi."),
    "secret": _(
        "tệp mang dấu độ mật «%(mark)s». Văn bản mật không được đưa vào phần mềm này; "
        "hãy xử lý theo quy định bảo vệ bí mật nhà nước."
    ),
}


class Unfit(Exception):
    """A file that is not taken; `why` is a key of REASONS."""

    def __init__(self, why, **parameters):
        super().__init__(why)
        self.why, self.parameters = why, parameters

    def __str__(self):
        return REASONS[self.why] % self.parameters
