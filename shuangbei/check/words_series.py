"""Words for rules that compare a value with its neighbours and with the city; no checks."""

from __future__ import annotations

from shuangbei.check.words import Words

SERIES: dict[str, Words] = {
    "jump": Words(
        zh="“{value}”（{unit}）与前一个数 {other}（{other_period}）差得太多：{change}，"
        "说明里没有提到这一变化。",
        en="“{value}” ({unit}) is far from the figure before it, {other}, {other_period}: "
        "{change}, and its notes do not speak of the step.",
        fix_zh="先对照原文核对这两行的数字、小数点和单位；都没有错的，在 note_zh 和 note_en "
        "里写明原因，两处都要写出前一个数 {other_value}。",
        fix_en="Compare number, decimal point and unit of both lines with their sources; if all "
        "is right, explain the step in note_zh and in note_en, and quote the earlier number, "
        "{other_value}, in both.",
    ),
    "growth-note": Words(
        zh="增长率“{value}”%，增或减超过 50%，没有说明。",
        en="The growth “{value}” (in %) is beyond 50% up or down, and no note explains it.",
        fix_zh="先对照原文核对；没有错的，在 note_zh 和 note_en 里写明原因，如基数低、口径变了。",
        fix_en="Compare it with the source; if it is right, explain it in note_zh and note_en, "
        "such as a low base or another scope.",
    ),
    "gap-filled": Words(
        zh="这里说“{value}”没有查到，而观测值里已有 {year} 年的数。",
        en="This says that “{value}” was not found, but the observations hold a figure for {year}.",
        fix_zh="删掉这一行；只有部分年份查到的，把 periods 改成还缺的年份。",
        fix_en="Delete this row, or let periods name the years that are still missing.",
    ),
    "above-city": Words(
        zh="{area}的 {shown}大于全市最近的数 {other}（{other_period}）。",
        en="{shown} for {area} is more than the nearest figure of the whole city, {other}, "
        "{other_period}.",
        fix_zh="核对数字、小数点、单位和地区代码；口径比全市宽的，换用另一个指标代码。",
        fix_en="Check number, decimal point, unit and area; if it counts more than the city’s "
        "figure does, it belongs to another indicator.",
    ),
    "same-end": Words(
        zh="时期“{value}”与 {other_file} 第 {other_row} 行的“{other}”在同一天结束。",
        en="The period “{value}” ends on the same day as “{other}” in {other_file} line "
        "{other_row}.",
        fix_zh="同一个数只留一行，另一个写进 data_log.csv；单季、单月或累计的数用另一个指标代码。",
        fix_en="Keep one line and put the other number into data_log.csv; a figure of a single "
        "quarter or month, or one for the year so far, needs an indicator of its own.",
    ),
    "sorted": Words(
        zh="这一行排错了位置：按 {field} 的次序，它应在第 {other_row} 行{side}。",
        en="This line is out of order: sorted by {field} it comes {side} line {other_row}.",
        fix_zh="只错一行的，把整行挪过去。或者在 Excel 里选中整张表，点“数据”→“排序”，"
        "依次按 {field} 升序；弹出“排序提醒”时，选“分别将数字和以文本形式存储的数字排序”。",
        fix_en="Move the line there. Or select the whole table in Excel, Data → Sort, by {field} "
        "from A to Z; where Excel asks, choose “Sort numbers and numbers stored as text "
        "separately”.",
    ),
}
