"""Words for rules about single cells, keys and codes; no checks."""

from __future__ import annotations

from shuangbei.check.words import Words

CELLS: dict[str, Words] = {
    "formula": Words(
        zh="“{value}”以 = + - @ 开头，Excel 会把它当作公式。",
        en="“{value}” begins with = + - or @, which Excel takes for a formula.",
        fix_zh="只写结果，不写公式；文字请换一个开头。",
        fix_en="Write the result, not the formula; let a text begin with another character.",
    ),
    "excel-error": Words(
        zh="“{value}”是 Excel 的错误值，不是数据。",
        en="“{value}” is an error value of Excel, not data.",
        fix_zh="从来源重新抄写这一格；来源没有就留空。",
        fix_en="Copy the cell from its source again; leave it empty if the source has nothing.",
    ),
    "excel-date": Words(
        zh="“{value}”看来是被 Excel 改写的日期或时期。",
        en="“{value}” looks like a date or period that Excel has rewritten.",
        fix_zh="先把整列设为“文本”格式，再写成 2025-10、2025-10-31、2024、2024H1 或 2024Q3 这样。",
        fix_en="First format the whole column as Text, then write it like 2025-10, 2025-10-31, "
        "2024, 2024H1 or 2024Q3.",
    ),
    "blank-edge": Words(
        zh="“{value}”前后有空格。",
        en="“{value}” begins or ends with a blank.",
        fix_zh="删去这一格首尾的空格。",
        fix_en="Delete the blanks at both ends of the cell.",
    ),
    "full-width": Words(
        zh="“{value}”里有全角字符。",
        en="“{value}” holds full-width characters.",
        fix_zh="切换到英文输入法，改成半角：{plain}。",
        fix_en="Write it with plain characters: {plain}.",
    ),
    "thousands": Words(
        zh="数字“{value}”里有千分位逗号。",
        en="The number “{value}” has thousands separators.",
        fix_zh="写成 {plain}；在 Excel 里把单元格格式改为“常规”。",
        fix_en="Write {plain}; in Excel set the cell’s format to General.",
    ),
    "number-form": Words(
        zh="“{value}”不是数字。",
        en="“{value}” is not a number.",
        fix_zh="只写阿拉伯数字和小数点；单位写在 unit 列，“超”“近”“约”写在 qualifier 列，缺数就留空。",
        fix_en="Write digits and a decimal point only; the unit goes to the column unit, words "
        "like “over” to qualifier, and a missing number stays empty.",
    ),
    "type": Words(
        zh="“{value}”的类型不对，应为{wanted}。",
        en="“{value}” has the wrong type: {wanted} is wanted.",
        fix_zh="按数据字典里“{field}”的说明改写。",
        fix_en="Rewrite it as the data dictionary says for “{field}”.",
    ),
    "required": Words(
        zh="“{field}”是空的，这一列不能留空。",
        en="“{field}” is empty, and this column must be filled.",
        fix_zh="补上内容；没有来源、没有数字的行不要写进来，写进 gaps.csv。",
        fix_en="Fill it in; a row without a source or a number does not belong here but in "
        "gaps.csv.",
    ),
    "enum": Words(
        zh="“{value}”不是“{field}”允许的值。",
        en="“{value}” is not a value that “{field}” may have.",
        fix_zh="改成下列之一：{near}。",
        fix_en="Use one of these: {near}.",
    ),
    "pattern": Words(
        zh="“{value}”的写法不合“{field}”的规定。",
        en="“{value}” is not written as “{field}” must be.",
        fix_zh="照同一列其他行的写法改，例如“{example}”。",
        fix_en="Write it like the other rows of the column, for example “{example}”.",
    ),
    "range": Words(
        zh="“{value}”超出允许的范围：{wanted}。",
        en="“{value}” is out of range: {wanted}.",
        fix_zh="核对来源，改正这个数。",
        fix_en="Check the source and correct the number.",
    ),
    "unknown-code": Words(
        zh="“{value}”不在 {target} 里。",
        en="“{value}” is not in {target}.",
        fix_zh="可能是：{near}。如果确实是新的，先在 {target} 里加一行。",
        fix_en="It may be {near}. If it is really new, add a row to {target} first.",
    ),
    "duplicate-key": Words(
        zh="与第 {other_row} 行重复：{field} 相同的行只能有一行。",
        en="The same as line {other_row}: only one line may have this {field}.",
        fix_zh="删去一行；两行数字不同时，取更权威、更晚的，另一个写进 data_log.csv。",
        fix_en="Delete one of them; if their numbers differ, keep the more authoritative and later "
        "one, and put the other into data_log.csv.",
    ),
    "second-value": Words(
        zh="同一指标、地区、时期、区划在 {other_file} 第 {other_row} 行已有数值 {other_value}。",
        en="{other_file} line {other_row} already holds a value, {other_value}, for the same "
        "indicator, area, period and vintage.",
        fix_zh="只留指标所属主题的那个文件里的一行；数字不同时，另一个写进 data_log.csv。",
        fix_en="Keep the one in the file of the indicator’s topic; if the numbers differ, put the "
        "other into data_log.csv.",
    ),
    "duplicate-value": Words(
        zh="“{field}”的值“{value}”与第 {other_row} 行重复，这一列不许重复。",
        en="“{field}” has the value “{value}” of line {other_row} again; it must be unique.",
        fix_zh="改正其中一行。",
        fix_en="Correct one of the two lines.",
    ),
    "period-impossible": Words(
        zh="没有“{value}”这样的时期。",
        en="There is no period “{value}”.",
        fix_zh="写成 2024（年）、2024H1（半年）、2024Q3（季）或 2025-10（月）。",
        fix_en="Write 2024 (year), 2024H1 (half-year), 2024Q3 (quarter) or 2025-10 (month).",
    ),
    "date-impossible": Words(
        zh="没有“{value}”这一天，或写法不对。",
        en="There is no date “{value}”, or it is not written so.",
        fix_zh="写成 2025、2025-10 或 2025-10-31；Excel 里先把整列设为“文本”。",
        fix_en="Write 2025, 2025-10 or 2025-10-31; in Excel format the column as Text first.",
    ),
    "url-form": Words(
        zh="“{value}”不是网址。",
        en="“{value}” is not a web address.",
        fix_zh="写以 http:// 或 https:// 开头的完整网址；没有可给读者的网址就留空。",
        fix_en="Write the full address from http:// or https:// on; leave it empty if there is "
        "none for readers.",
    ),
    "wrong-language": Words(
        zh="“{field}”里的“{value}”不是{language}。",
        en="“{value}” in “{field}” is not {language}.",
        fix_zh="看看是否与另一种语言的列填反了，或有一部分没有翻译。",
        fix_en="See whether the two language columns were mixed up, or a part was not translated.",
    ),
    "one-language": Words(
        zh="“{other}”有内容，“{field}”是空的：中英文要么都写，要么都不写。",
        en="“{other}” is filled but “{field}” is empty: write both languages or neither.",
        fix_zh="补写“{field}”。",
        fix_en="Write “{field}” too.",
    ),
}
