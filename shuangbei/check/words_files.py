"""Words for rules about the folder, the bytes of a file, its header and its rows; no checks."""

from __future__ import annotations

from shuangbei.check.words import Words

FILES: dict[str, Words] = {
    "file-missing": Words(
        zh="缺少文件。数据包登记了它，但文件夹里没有。",
        en="The file is missing. The data package lists it, but it is not in the folder.",
        fix_zh="把文件放回原处，并核对文件名的每个字母；找不到就从上一期的数据里取回。",
        fix_en="Put the file back and compare its name letter by letter; if it is lost, take it "
        "from the last edition.",
    ),
    "file-unknown": Words(
        zh="多出一个文件。数据包没有登记它，网站不会读取。",
        en="The file is not part of the data package, so the site will not read it.",
        fix_zh="如果是改了名的数据文件，改回原名{near}；如果是临时文件或 Excel 工作簿，移到别的文件夹。",
        fix_en="If it is a renamed data file, give it its old name back{near}; if it is a "
        "temporary file or an Excel workbook, move it to another folder.",
    ),
    "file-empty": Words(
        zh="文件是空的，或只有列名。",
        en="The file is empty, or holds nothing but the names of its columns.",
        fix_zh="从上一期的数据里取回这个文件，再重新填写。",
        fix_en="Take the file from the last edition and fill it in again.",
        blocks=True,
    ),
    "encoding-gbk": Words(
        zh="文件不是 UTF-8 编码，看来是 GBK：Excel 另存为“CSV（逗号分隔）”就会这样。",
        en="The file is not UTF-8 but looks like GBK, as Excel writes it with “CSV (comma "
        "delimited)”.",
        fix_zh="在 Excel 里另存为“CSV UTF-8（逗号分隔）”，再用“记事本”打开，另存为，编码选“UTF-8”。",
        fix_en="In Excel save as “CSV UTF-8 (comma delimited)”, then open it in Notepad and save "
        "it with the encoding “UTF-8”.",
        blocks=True,
    ),
    "encoding-unknown": Words(
        zh="文件不是 UTF-8 编码，也认不出是哪种编码；可能是 Excel 的“Unicode 文本”或工作簿。",
        en="The file is not UTF-8, and its encoding is not recognised; it may be Excel’s “Unicode "
        "text” or a workbook.",
        fix_zh="在 Excel 里打开，另存为“CSV UTF-8（逗号分隔）”，再用“记事本”另存为，编码选“UTF-8”。",
        fix_en="Open it in Excel, save as “CSV UTF-8 (comma delimited)”, then open it in Notepad "
        "and save it with the encoding “UTF-8”.",
        blocks=True,
    ),
    "bom": Words(
        zh="文件开头有 BOM：Excel 另存为“CSV UTF-8”会加上这三个看不见的字节，第一列的列名因此不对。",
        en="The file begins with a BOM: Excel’s “CSV UTF-8” puts these three invisible bytes "
        "there, and the first column’s name is then wrong.",
        fix_zh="运行 run.py check --tidy；或用“记事本”另存为“UTF-8”（不是“带有 BOM 的 UTF-8”）。",
        fix_en="Run `run.py check --tidy`, or save it from Notepad as “UTF-8” (not “UTF-8 with "
        "BOM”).",
        blocks=True,
    ),
    "crlf": Words(
        zh="换行是 Windows 的 CR LF，应为 LF；Excel 和旧版记事本保存时会这样，整个文件会被看成全改过。",
        en="Lines end in CR LF as on Windows instead of LF; Excel saves so, and every line of "
        "the file then counts as changed.",
        fix_zh="运行 run.py check --tidy；或在 VS Code、Notepad++ 里把换行改成 LF 再保存。",
        fix_en="Run `run.py check --tidy`, or turn the line ends into LF in VS Code or "
        "Notepad++ and save.",
        blocks=True,
    ),
    "nul": Words(
        zh="文件里有空字节（NUL），通常是保存中断或编码弄错造成的。",
        en="The file holds NUL bytes, mostly because saving broke off or the encoding is wrong.",
        fix_zh="从上一期的数据里取回这个文件，重新填写本期的行。",
        fix_en="Take the file from the last edition and enter this edition’s rows again.",
        blocks=True,
    ),
    "unfinished": Words(
        zh="最后一行没有换行，可能是保存中断，后面的内容丢了。",
        en="The last line does not end: saving may have broken off, and what followed is lost.",
        fix_zh="核对最后一行是否完整；完整的话，在行末按一次回车再保存。",
        fix_en="See whether the last line is whole; if it is, press Enter at its end and save.",
        blocks=True,
    ),
    "semicolons": Words(
        zh="列之间用了分号，应为逗号；部分地区设置的 Excel 会这样保存。",
        en="Columns are separated by semicolons instead of commas; Excel saves so under some "
        "regional settings.",
        fix_zh="在 Windows 设置 → 区域 → 其他设置里把“列表分隔符”改为逗号，再在 Excel 里重新保存。",
        fix_en="In the Windows settings → Region → Additional settings make the list separator a "
        "comma, then save again in Excel.",
        blocks=True,
    ),
    "tabs": Words(
        zh="列之间用了制表符，应为逗号；Excel 另存为“文本文件（制表符分隔）”就会这样。",
        en="Columns are separated by tabs instead of commas, as Excel’s “Text (tab delimited)” "
        "does.",
        fix_zh="在 Excel 里另存为“CSV UTF-8（逗号分隔）”。",
        fix_en="Save it in Excel as “CSV UTF-8 (comma delimited)”.",
        blocks=True,
    ),
    "quotes": Words(
        zh="引号不成对，从这一行起分不清列。",
        en="A quotation mark has no partner; from this line on the columns cannot be told apart.",
        fix_zh="在这一行附近找单个的英文双引号：补上另一个，或改成中文引号“”。",
        fix_en="Look near this line for a single straight quotation mark: add its partner, or use "
        "curly ones.",
        blocks=True,
    ),
    "column-missing": Words(
        zh="缺少列“{field}”。",
        en="The column “{field}” is missing.",
        fix_zh="把这一列加回第 {place} 列；没有内容可以留空，但列名要在。",
        fix_en="Put it back as column {place}; its cells may be empty, but the name must be there.",
        blocks=True,
    ),
    "column-extra": Words(
        zh="多出列“{field}”，数据包没有登记。",
        en="The column “{field}” is not part of the data package.",
        fix_zh="删除这一列；要写给读者的话放在 note_zh 和 note_en。",
        fix_en="Delete it; what readers should know belongs in note_zh and note_en.",
        blocks=True,
    ),
    "column-renamed": Words(
        zh="列名“{value}”不对，应为“{field}”。",
        en="The column is called “{value}”, but its name is “{field}”.",
        fix_zh="把第 1 行的“{value}”改为“{field}”。",
        fix_en="Change “{value}” in line 1 to “{field}”.",
        blocks=True,
    ),
    "column-order": Words(
        zh="列的次序变了：“{field}”应在第 {place} 列。",
        en="The columns are in another order: “{field}” must be column {place}.",
        fix_zh="按这个次序排列：{columns}。",
        fix_en="Put them in this order: {columns}.",
        blocks=True,
    ),
    "column-twice": Words(
        zh="列名“{field}”出现了两次。",
        en="The column name “{field}” occurs twice.",
        fix_zh="删除多出的一列；两列内容不同时，先决定留哪一列。",
        fix_en="Delete one of the two; if they differ, decide first which one is right.",
        blocks=True,
    ),
    "row-length": Words(
        zh="这一行有 {found} 格，应为 {wanted} 格。",
        en="This line has {found} cells, but {wanted} are wanted.",
        fix_zh="多半是文字里的逗号没有加引号，或删格时整行左移：对照列名逐格核对。",
        fix_en="Mostly a comma within a text without quotation marks, or cells that moved left: "
        "compare cell by cell with the header.",
    ),
    "row-blank": Words(
        zh="这一行是空的。",
        en="This line is blank.",
        fix_zh="在 Excel 里选中整行，右键“删除”（只清除内容会留下空行）。",
        fix_en="Select the whole row in Excel and delete it (clearing its cells leaves it there).",
    ),
    "yaml-broken": Words(
        zh="文件格式有误，读不出来：{reason}。",
        en="The file cannot be read: {reason}.",
        fix_zh="每行写成“name: value”，冒号用英文半角，后面空一格，行首不要空格。",
        fix_en="Write each line as “name: value” with a plain colon, one blank after it, and no "
        "blank before the name.",
        blocks=True,
    ),
    "edition-field": Words(
        zh="“{field}”不对或缺少：应为{wanted}。",
        en="“{field}” is wrong or missing: {wanted} is wanted.",
        fix_zh="参照上一期的 edition.yaml 改正这一行。",
        fix_en="Correct the line after the edition.yaml of the last edition.",
    ),
    "edition-order": Words(
        zh="日期次序不对：“{field}”（{value}）早于“{other}”（{other_value}）。",
        en="The dates are out of order: “{field}” ({value}) lies before “{other}” ({other_value}).",
        fix_zh="应为：数据截止 ≤ 发布 ≤ 下次发布。改正其中写错的一个。",
        fix_en="Wanted is cut-off ≤ publication ≤ next release. Correct the one that is wrong.",
    ),
    "practice-edition": Words(
        zh="这里写着 practice，是练习版：区县的数是编的，不能和真实数据放在一起，更不能发布。",
        en="It says practice: the figures of the districts are invented. They may not stand among "
        "real data, let alone be published.",
        fix_zh="从代码仓库取回这个文件夹里原来的文件；要练习，运行 run.py site --practice。",
        fix_en="Take the files of this folder from the repository again; to practise, run "
        "`run.py site --practice`.",
    ),
}
