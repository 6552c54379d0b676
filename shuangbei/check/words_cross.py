"""Words for rules that compare rows and files with each other; no checks."""

from __future__ import annotations

from shuangbei.check.words import Words

CROSS: dict[str, Words] = {
    "unit-misfit": Words(
        zh="单位“{value}”量的不是指标 {indicator} 的量。",
        en="The unit “{value}” does not measure what the indicator {indicator} is.",
        fix_zh="这个指标可用的单位：{near}。单位没写错的话，核对指标代码。",
        fix_en="Units of this indicator: {near}. If the unit is right, check the indicator.",
    ),
    "count-decimals": Words(
        zh="单位是“{unit}”，“{value}”却有小数。",
        en="The unit is “{unit}”, but “{value}” has decimals.",
        fix_zh="来源印的若是“万家”“万件”，单位改用相应代码；否则核对数字。",
        fix_en="If the source prints tens of thousands, use that unit’s code; otherwise check the "
        "number.",
    ),
    "share-range": Words(
        zh="百分比“{value}”不在 {low} 到 {high} 之间。",
        en="The percentage “{value}” is not between {low} and {high}.",
        fix_zh="核对小数点和单位：占比写 32.2，不写 3220 或 0.322。",
        fix_en="Check the decimal point and the unit: a share is written 32.2, not 3220 or 0.322.",
    ),
    "negative": Words(
        zh="“{value}”是负数，这个指标不会小于零。",
        en="“{value}” is negative, which this indicator cannot be.",
        fix_zh="删去负号，或核对是否抄成了增减数。",
        fix_en="Remove the minus sign, or check whether a change was copied instead of the level.",
    ),
    "period-future": Words(
        zh="时期“{value}”到 {end} 才结束，晚于本期数据截止日 {cut_off}。",
        en="The period “{value}” ends on {end}, after this edition’s cut-off of {cut_off}.",
        fix_zh="核对年份；目标和预测不是观测值，不写在这里。",
        fix_en="Check the year; targets and forecasts are not observations and do not belong here.",
    ),
    "source-before-period": Words(
        zh="来源 {value} 发布于 {published}，时期 {period} 到 {end} 才结束。",
        en="The source {value} was published in {published}, before the period {period} ended on "
        "{end}.",
        fix_zh="核对时期和来源；来源说的若是预计数，qualifier 写 estimate。",
        fix_en="Check the period and the source; if the source calls it expected, set the "
        "qualifier to estimate.",
    ),
    "date-future": Words(
        zh="日期“{value}”晚于 {limit}（{limit_name}）。",
        en="The date “{value}” lies after {limit} ({limit_name}).",
        fix_zh="核对日期；本期截止之后发布的来源留到下一期。",
        fix_en="Check the date; a source published after the cut-off waits for the next edition.",
    ),
    "date-order": Words(
        zh="“{field}”是 {value}，晚于“{other}”的 {other_value}。",
        en="“{field}” is {value}, later than “{other}” of {other_value}.",
        fix_zh="两个日期中有一个写错了，核对后改正。",
        fix_en="One of the two dates is wrong; correct it.",
    ),
    "area-validity": Words(
        zh="{area}（{value}）在时期 {period} 之末不存在：它{validity}。",
        en="{area} ({value}) does not exist at the end of {period}: it {validity}.",
        fix_zh="核对时期和地区代码{instead}；两江新区 2025 年 11 月以前是功能区 X-liangjiang-new-area。",
        fix_en="Check the period and the area code{instead}; until October 2025 Liangjiang New "
        "Area is the zone X-liangjiang-new-area.",
    ),
    "vintage-misfit": Words(
        zh="区划版本“{value}”不合：{area}（{level}）在时期 {period} 应为“{wanted}”。",
        en="The vintage “{value}” does not fit: {area} ({level}) in {period} takes “{wanted}”.",
        fix_zh="改为“{wanted}”；区县按统计时的区划写 38 或 37，其余一律写 all。",
        fix_en="Write “{wanted}”; districts take 38 or 37 after the divisions of the time, "
        "everything else takes all.",
    ),
    "topic-misfit": Words(
        zh="这一行放错了文件：{value} 在 {level} 层级的数据应在 {wanted}。",
        en="This row is in the wrong file: {value} at the level {level} belongs in {wanted}.",
        fix_zh="把整行移到 {wanted}。",
        fix_en="Move the whole row to {wanted}.",
    ),
    "commitment-value": Words(
        zh="关系是“{relation}”的承诺，目标值{wanted}。",
        en="A commitment with the relation “{relation}” {wanted}.",
        fix_zh="对照计划原文改正 value 或 relation。",
        fix_en="Correct value or relation after the plan’s text.",
    ),
    "commitment-task": Words(
        zh="承诺 {value} 没有对应的任务。",
        en="The commitment {value} hangs on no task.",
        fix_zh="在 task_commitments.csv 里为它加一行：任务代码、承诺代码、联系。",
        fix_en="Add a row to task_commitments.csv with task, commitment and link.",
    ),
    "task-lead": Words(
        zh="任务 {value} 没有牵头单位。",
        en="The task {value} has no leading office.",
        fix_zh="在 task_agencies.csv 里按计划原文为它加上 role 为 lead 的行。",
        fix_en="Add its rows with the role lead to task_agencies.csv, after the plan’s text.",
    ),
    "base-unit": Words(
        zh="“{value}”不是基本单位（它的换算系数是 {factor}），图表会把换算后的数印在这个单位下面。",
        en="“{value}” is not a base unit (its factor is {factor}); charts and tables would print "
        "converted numbers under it.",
        fix_zh="改为 {near}；observations 里的单位仍照来源写，不用改。",
        fix_en="Write {near}; units in observations stay as their sources print them.",
    ),
    "first-value": Words(
        zh="时期 {value} 的数可以判定承诺 {commitment} 的 2025 年节点，但没有登记它的首次公布值。",
        en="The value of {value} can decide the milestone of {commitment}, but the value first "
        "published for it is not recorded.",
        fix_zh="在 first_values.csv 里为 {series}, {value} 加一行：首次公布的数值、单位、限定、"
        "日期和来源；已有的行不改。",
        fix_en="Add a row for {series}, {value} to first_values.csv: the value as first "
        "published, unit, qualifier, date and source; leave the rows there as they are.",
    ),
    "practice-source": Words(
        zh="来源 {value} 是练习版专用的：引用它的数是编的，不能放进真实数据。",
        en="The source {value} is kept for practice: the figures that cite it are invented and may "
        "not stand among real data.",
        fix_zh="删掉这一行，也删掉引用它的数；从代码仓库取回原来的 districts.csv 最稳妥。",
        fix_en="Delete it, and the figures that cite it; taking districts.csv from the repository "
        "again is safest.",
    ),
}
