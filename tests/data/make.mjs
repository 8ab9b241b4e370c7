// Makes the reference files of tests/core/test_text.py with ICU's Vietnamese order: node tests/data/make.mjs
import { writeFileSync } from "node:fs";

const here = new URL(".", import.meta.url);
const { compare } = new Intl.Collator("vi");
let seed = 20181101;
const random = (n) => (seed = (seed * 48271) % 2147483647) % n;
const pick = (list) => list[random(list.length)];
const words = (text) => text.split(" ");

const ONSETS = words("b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x").concat("");
const VOWELS = words("a ă â e ê i o ô ơ u ư y ai ao au ay âu ây eo êu ia iê iu oa oă oe oi ôi ơi ua uâ uê ui uô uy ưa ưi ươ ưu");
const CODAS = words("c ch m n ng nh p t").concat("", "", "");
const TONES = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"];

function syllable() {
  const vowels = [...pick(VOWELS)];
  vowels[random(vowels.length)] += pick(TONES);
  return (pick(ONSETS) + vowels.join("") + pick(CODAS)).normalize("NFC");
}

const syllables = new Set();
while (syllables.size < 1600) syllables.add(syllable());
while (syllables.size < 2000) syllables.add(`${syllable()} ${syllable()}`);
writeFileSync(new URL("syllables_sorted.txt", here), [...syllables].sort(compare).join("\n") + "\n");

const FAMILIES = words("Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Ma Nông Quan Chẩu Bàn Triệu Hà Lục Sằm");
const MIDDLES = ["Văn", "Thị", "Đức", "Ngọc", "Quang", "Mùi", "Thị Ánh", "Hữu", "Xuân", "Thu"];
const GIVEN = words("An Ân Ánh Anh Ảnh Bảo Bình Bính Chi Chiêu Cường Dung Dũng Dương Đạt Đức Đường Em Giang Hà Hạ Hải Hiền Hiển Hoa Hòa Hoà Huệ Khuê Khương Lan Lai Mai Minh Nga Ngà Ngân Oanh Ổn Ơn Ông Phúc Phương Quyên Quyền Sang Sáng Tâm Tấm Thảo Thu Thư Tú Tư Từ Uyên Uyển Ưng Vân Vạn Xuân Xuyến Yên Yến Ý");
const names = new Set();
while (names.size < 100) names.add(`${pick(FAMILIES)} ${pick(MIDDLES)} ${pick(GIVEN)}`);
const split = (name) => [name.slice(name.lastIndexOf(" ") + 1), name.slice(0, name.lastIndexOf(" "))];
const byGivenName = (one, other) => {
  const [[given, rest], [otherGiven, otherRest]] = [split(one), split(other)];
  return compare(given, otherGiven) || compare(rest, otherRest);
};
writeFileSync(new URL("names_sorted.txt", here), [...names].sort(byGivenName).join("\n") + "\n");
