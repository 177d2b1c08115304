/*
 * Why a code, a cell, coordinates or a period cannot be used, in Ukrainian: twins of the English texts of the
 * readers, in their order. A rule of the tests compares the two sides.
 */
#include "table/join_report.h"

typedef struct twin {
    const char *en, *uk;
} twin;

/* Codes. */
static const twin codes[] = {
    {"it was taken for a number, and its last digits may be rounded; those of the community stand",
     "його сприйнято як число, і останні цифри могло бути округлено; цифри громади збереглися"},
    {"the letters UA and the zero before the digits are missing: it was taken for a number",
     "перед цифрами бракує літер UA та нуля: його сприйнято як число"},
    {"the letters UA before the digits are missing", "перед цифрами бракує літер UA"},
    {"the letters before the digits are Cyrillic; they must be the Latin UA",
     "літери перед цифрами кириличні, а мають бути латинські UA"},
    {"there are blanks inside it", "усередині нього є пробіли"},
    {"it was taken for a number, and has decimals", "його сприйнято як число, і він має десяткові знаки"},
    {"its letters are small", "його літери малі"},
    {"it has too few digits", "у ньому замало цифр"},
    {"it has more than 17 digits", "у ньому понад 17 цифр"},
    {"the number of its digits is not that of a KATOTTG code (17) or a P-code (7, 10 or 12)",
     "кількість його цифр не така, як у коду КАТОТТГ (17) або P-коду (7, 10 чи 12)"},
    {"there is no oblast 00", "області 00 немає"},
    {"it is the code of an oblast, not of a community", "це код області, а не громади"},
    {"it is the code of a raion, not of a community", "це код району, а не громади"},
    {"this is the name of an oblast, not of a community", "це назва області, а не громади"},
    {"this is the name of a raion, not of a community", "це назва району, а не громади"},
    {"the row says no oblast, as other rows do: is it a merged cell?",
     "на відміну від інших рядків, тут не вказано області: чи це не об'єднана комірка?"},
    {"ten digits are a KOATUU or a budget code, no KATOTTG code",
     "десять цифр — це код КОАТУУ або бюджетний код, а не код КАТОТТГ"},
    {"8 to 11 digits are a KOATUU or a budget code, no KATOTTG code",
     "від 8 до 11 цифр — це код КОАТУУ або бюджетний код, а не код КАТОТТГ"},
    {"it does not begin with UA", "він не починається з UA"},
    {"a spreadsheet took it for a number and lost its end: make the column text in the source, and fill in "
     "the codes anew",
     "електронна таблиця сприйняла його як число і втратила кінець: задайте стовпцю текстовий формат і "
     "введіть коди знову"},
    {"something other than digits follows UA", "після UA стоять не лише цифри"},
    {"it is not UTF-8", "він не в кодуванні UTF-8"},
    {"it is empty", "він порожній"},
    {"it is too long for a code", "він задовгий для коду"},
    {"it is not in the codifier; its first seven digits are those of the community",
     "його немає в кодифікаторі; перші сім цифр — це цифри громади"},
    {"it is not in the codifier, where its number (the last five digits) is that of another unit, outside "
     "this community",
     "його немає в кодифікаторі, а його номер (останні п'ять цифр) належить там одиниці поза цією громадою"},
};

/* Cells. */
static const twin cells[] = {
    {"spreadsheet error #REF!: the formula refers to a cell that is gone",
     "помилка електронної таблиці #REF!: формула посилається на комірку, якої вже немає"},
    {"spreadsheet error #DIV/0!: the formula divides by zero",
     "помилка електронної таблиці #DIV/0!: формула ділить на нуль"},
    {"spreadsheet error #VALUE!: the formula got a value of the wrong kind",
     "помилка електронної таблиці #VALUE!: формула отримала значення не того типу"},
    {"spreadsheet error #NAME?: the formula uses an unknown name",
     "помилка електронної таблиці #NAME?: у формулі невідоме ім'я"},
    {"spreadsheet error #NUM!: the formula has no numeric result",
     "помилка електронної таблиці #NUM!: формула не має числового результату"},
    {"spreadsheet error #NULL!: the formula names ranges that do not meet",
     "помилка електронної таблиці #NULL!: діапазони у формулі не перетинаються"},
    {"spreadsheet error #SPILL!: the formula's result has no room",
     "помилка електронної таблиці #SPILL!: для результату формули немає місця"},
    {"spreadsheet error #CALC!: the formula cannot be calculated",
     "помилка електронної таблиці #CALC!: формулу неможливо обчислити"},
    {"infinite, not a number", "нескінченність, а не число"},
    {"not a number", "не число"},
    {"text after the number (a unit, a note?)", "після числа стоїть текст (одиниця виміру, примітка?)"},
    {"a date or a range, not one number", "дата або проміжок, а не одне число"},
    {"a sign that does not stand directly before a number", "знак стоїть не безпосередньо перед числом"},
    {"in parentheses: write a minus sign if it is negative",
     "у дужках: якщо число від'ємне, поставте перед ним мінус"},
    {"too large for a number", "завелике число"},
    {"could be 1.234 or 1234: say decimal: comma or decimal: point",
     "це може бути 1,234 або 1234: вкажіть decimal: comma або decimal: point"},
    {"digits not separated into threes", "цифри розділено не по три"},
    {"separated digits that begin with 0 (a code, a telephone number?)",
     "розділені цифри починаються з 0 (код, номер телефону?)"},
    {"with decimal: comma a point separates thousands, but not here",
     "за decimal: comma крапка розділяє тисячі, але тут вона стоїть інакше"},
    {"with decimal: point a comma separates thousands, but not here",
     "за decimal: point кома розділяє тисячі, але тут вона стоїть інакше"},
    {"two kinds of thousands separators", "тисячі розділено двома різними знаками"},
    {"more than one decimal mark", "більше ніж один десятковий знак"},
    {"the decimal mark is not followed by digits alone", "після десяткового знака стоять не лише цифри"},
    {"an exponent after separated thousands", "показник степеня після розділених тисяч"},
    {"too large for a number when scaled", "після множення на масштаб число завелике"},
    {"longer than 65536 bytes", "довше ніж 65536 байтів"},
    {"not UTF-8", "не в кодуванні UTF-8"},
};

/* Places and periods. */
static const twin others[] = {
    {"; with x and y exchanged it would lie in one: are the fields the right way round?",
     "; якщо поміняти x і y місцями, воно потрапить у громаду: чи не переплутано поля?"},
    {"one of them is missing or no number", "однієї з них немає або вона не є числом"},
    {"they are not within the range of their reference system: is `crs` the right one?",
     "вони виходять за межі своєї системи координат: чи правильно вказано `crs`?"},
    {"the period is empty", "період порожній"},
    {"the period is longer than 32 bytes", "період довший за 32 байти"},
    {"the period is not UTF-8", "період не в кодуванні UTF-8"},
    {"the period has blanks around it", "навколо періоду є пробіли"},
    {"the period has a character that cannot stand in one (@, a double quote, or an invisible one)",
     "період містить неприпустимий знак (@, подвійні лапки або невидимий)"},
};

static const char *find(const twin *list, size_t count, const char *en) {
    for (size_t i = 0; i < count; i++)
        if (strcmp(list[i].en, en) == 0) return list[i].uk;
    return NULL;
}

const char *hrmi_join_why_uk(const char *why) {
    const char *uk = find(codes, sizeof codes / sizeof *codes, why);
    if (uk == NULL) uk = find(cells, sizeof cells / sizeof *cells, why);
    return uk != NULL ? uk : find(others, sizeof others / sizeof *others, why);
}
